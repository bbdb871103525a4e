// A class from a line of a plan to its recognised results: written, put on the timetable, opened; a unit names its people beside the law of
// the day, the head agrees, Home Affairs confirms; a person withdraws and the first in the line moves up; it begins on its day, ends, its
// results are recognised, and the person's record shows it.
// Not for: every refusal; those are cases of the service and of the law.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, fill, openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const UNIT = 'Xã Tiên Phước';
let affairs;
const { as, later, looks, open } = openHouse('classes', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();
const press = (page, act) => follow(page, page.locator(`button[name="act"][value="${act}"]`));

const people = {};
test('a commune has an officer and a chair', async () => {
  const administrator = await as('quan-tri');
  for (const [name, role] of [['nhan-su-xa', 'unit_hr'], ['chu-tich-xa', 'unit_head']]) {
    await open('/quan-tri/moi', administrator);
    people[role] = await account(administrator, { login: name, role, unit: UNIT });
  }
  await administrator.context().close();
});

let here;
test('Home Affairs writes a class of three seats, fills its timetable, and opens it', async () => {
  await open('/lop/phong/0');
  await fill(affairs, { code: 'P.101', name: 'Phòng 101', place: 'Trường Chính trị', seats: '60' });
  await submit(affairs);
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Kỹ năng số cho công chức xã', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '09/12/2026', days: '3', periods: '24',
    most: '3', place: 'Hội trường A',
  });
  await affairs.selectOption('#content', 'it');
  await submit(affairs);
  assert.match(await said(affairs), /Đã lập lớp/);
  here = pathOf(affairs);
  await open(`${here}/buoi`);
  await press(affairs, 'fill');
  assert.equal(await affairs.inputValue('#ngay-3'), '09/12/2026');
  await affairs.locator('select[name="phong-1"]').selectOption('P.101');
  await press(affairs, 'save');
  assert.match(await words(affairs), /Phòng 101/);
  await open(`${here}/viec/mo`);
  await fill(affairs, { decision: '125/QĐ-SNV' });
  await submit(affairs);
  assert.match(await words(affairs), /Đang cử người học/);
});

let officer;
test('a second class in the same room at the same time is refused, and what was typed stays', async () => {
  await open('/lop/moi');
  await fill(affairs, { name: 'Lớp khác', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '07/12/2026', days: '1', periods: '8', most: '9' });
  await affairs.selectOption('#content', 'it');
  await submit(affairs);
  const other = pathOf(affairs);
  await open(`${other}/buoi`);
  await affairs.fill('#ngay-1', '07/12/2026');
  await affairs.locator('select[name="buoi-1"]').selectOption('morning');
  await affairs.locator('input[name="tiet-1"]').fill('4');
  await affairs.locator('select[name="phong-1"]').selectOption('P.101');
  const refused = await press(affairs, 'save');
  assert.equal(refused.status(), 422);
  assert.match(await affairs.locator('#loi').innerText(), /Dòng 1: phòng đã có lớp LOP-2026-/);
  assert.equal(await affairs.inputValue('#ngay-1'), '07/12/2026');
});

/** Ticks the first people who may go, with a reason where one is asked for; gives their names. */
async function choose(page, howMany) {
  const rows = page.locator('tbody tr', { has: page.locator('input[name^="chon-"]') });
  const names = [];
  for (let at = 0; at < howMany; at += 1) {
    const row = rows.nth(at);
    await row.locator('input[name^="chon-"]').check();
    const reason = row.locator('input[name^="ly-do-"]');
    if (await reason.count()) await reason.fill('đã bố trí người làm thay');
    names.push(await row.locator('th a').innerText());
  }
  await follow(page, page.locator('form[method="post"] .btn-primary'));
  return names;
}

let names;
let waiting;
let leaver;
test('the officer of the commune names four people: three get seats, the fourth waits', async () => {
  officer = await as(people.unit_hr.login, {}, people.unit_hr.password);
  await open(`${here}/cu?duoc=1`, officer);
  assert.deepEqual(await faults(officer), []);
  names = await choose(officer, 4);
  assert.match(await said(officer), /Đã đề cử/);
  const text = await words(officer);
  for (const name of names) assert.match(text, new RegExp(name));
  const line = officer.locator('section', { has: officer.locator('#hang-cho') }).locator('tbody th a');
  assert.equal(await line.count(), 1);
  const told = await line.innerText();
  waiting = names.find((name) => told.startsWith(name));
  leaver = names.find((name) => name !== waiting);
});

test('the chair agrees and Home Affairs confirms', async () => {
  const chair = await as(people.unit_head.login, {}, people.unit_head.password);
  await open('/lop/cho', chair);
  assert.deepEqual(await faults(chair), []);
  await press(chair, 'agree');
  assert.match(await said(chair), /Đã ghi quyết định/);
  await chair.context().close();
  await open('/lop/cho', affairs);
  await press(affairs, 'confirm');
  await open(here, affairs);
  assert.equal(await affairs.locator('tbody tr', { hasText: 'Đã được cử' }).count(), 3);
});

test('one asks to withdraw, is let go, and the first in the line moves up', async () => {
  await open(here, officer);
  await follow(officer, officer.locator('tbody th a', { hasText: leaver }));
  await officer.fill('#reason', 'Đi công tác đột xuất');
  await press(officer, 'withdraw');
  await open('/lop/cho', affairs);
  await press(affairs, 'let_go');
  await open(here, affairs);
  const moved = affairs.locator('tbody tr', { hasText: waiting });
  assert.match(await moved.innerText(), /Chờ thủ trưởng đồng ý/);
  const chair = await as(people.unit_head.login, {}, people.unit_head.password);
  await open('/lop/cho', chair);
  await press(chair, 'agree');
  await chair.context().close();
  await open('/lop/cho', affairs);
  await press(affairs, 'confirm');
});

test('every page of a class looks as it should, on every screen in both languages', async () => {
  await looks('list', '/lop?nam=2026');
  await looks('calendar', '/lop/lich?thang=2026-12');
  await looks('class', here);
  await looks('name', `${here}/cu`, people.unit_hr.login, people.unit_hr.password);
  await looks('sittings', `${here}/buoi`);
  await looks('shares', `${here}/phan-bo`);
});

test('it begins on its day, ends, and its results stand in the record of a person', async () => {
  await open(`${here}/viec/khai-giang`, affairs);
  const early = await submit(affairs);
  assert.equal(early.status(), 422);
  assert.match(await affairs.locator('#loi').innerText(), /Chưa đến ngày/);
  await later('2026-12-07');
  affairs = await as('so-noi-vu');
  await open(`${here}/viec/khai-giang`, affairs);
  await submit(affairs);
  assert.match(await words(affairs), /Đang học/);
  await later('2026-12-10');
  affairs = await as('so-noi-vu');
  await open(`${here}/viec/ket-thuc`, affairs);
  await submit(affairs);
  await open(`${here}/ket-qua`, affairs);
  await affairs.fill('#decision', '150/QĐ-SNV');
  await follow(affairs, affairs.locator('form[method="post"] .btn-primary'));
  assert.match(await words(affairs), /Đã công nhận kết quả/);
  await follow(affairs, affairs.locator('tbody th a', { hasText: waiting }));
  await follow(affairs, affairs.locator('a[href^="/nhan-su/"]').first());
  assert.match(await words(affairs), /Kỹ năng số cho công chức xã/);
});
