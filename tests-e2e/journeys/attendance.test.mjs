// A class from its first roll to an amended result: the lecturer calls the roll on a phone, once without network; a learner checks in by the
// code on the screen; Home Affairs pastes grades, recognises what attendance and grades propose, and amends a result by decision.
// Not for: every refusal; those are cases of the service and of the rules.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { office, press, send } from '../lib/classes.mjs';
import { account, fill, NARROW, openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const UNIT = 'Xã Tiên Phước';
let affairs;
const { as, later, looks, open, url, whole } = openHouse('attendance', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();

let here;
let names;
test('a class of three with two sittings is opened and filled', async () => {
  const people = await office({ as, open }, UNIT, ['nhan-su-xa', 'chu-tich-xa']);
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Kỹ năng số cho công chức xã', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '08/12/2026', days: '2', periods: '16', most: '3',
  });
  await affairs.selectOption('#content', 'it');
  await submit(affairs);
  here = pathOf(affairs);
  await open(`${here}/buoi`);
  await press(affairs, 'fill');
  await press(affairs, 'save');
  await open(`${here}/viec/mo`);
  await fill(affairs, { decision: '125/QĐ-SNV' });
  await submit(affairs);
  names = await send({ open }, here, 3, { ...people, affairs });
});

let learner;
test('a learner of the class has an account', async () => {
  await open(here);
  const told = await affairs.locator('tbody th a', { hasText: names[0] }).first().innerText();
  const administrator = await as('quan-tri');
  await open('/quan-tri/moi', administrator);
  await administrator.fill('#official', told.match(/\((\w+)\)/)[1]);
  learner = await account(administrator, { login: 'hoc-vien', role: 'learner', unit: UNIT });
  await administrator.context().close();
});

let phone;
const rowOf = (page, name) => page.locator('.kv-roll-row', { hasText: name });
test('on the first day a learner checks in by the code on the screen', async () => {
  await later('2026-12-07');
  affairs = await as('so-noi-vu');
  await open(`${here}/viec/khai-giang`, affairs);
  await submit(affairs);
  // The sitting begins now: the clock of a server that is told its day stands at noon.
  const now = '12:00';
  await open('/lop/quy-tac', affairs);
  await fill(affairs, { morning: now, afternoon: now, evening: now });
  await submit(affairs);
  phone = await as('so-noi-vu', NARROW);
  await open(`${here}/diem-danh`, phone);
  assert.deepEqual(await faults(phone), []);
  await follow(phone, phone.locator('.kv-sittings .btn-primary').first());
  assert.equal(await phone.locator('input[value="present"]:checked').count(), 3, 'everybody is there until somebody says otherwise');
  await open(`${pathOf(phone)}/ma`, affairs);
  const first = await affairs.locator('#ma').getAttribute('data-address');
  assert.deepEqual(await faults(affairs), []);
  // The screen asks for the next code by itself; that it is another one is a case of the service, whose clock moves.
  await affairs.waitForResponse((answer) => answer.url().endsWith('/ma') && answer.ok(), { timeout: 40_000 });
  const second = await as(learner.login, NARROW, learner.password);
  await second.goto(await affairs.locator('#ma').getAttribute('data-address'));
  await whole(second, 'checkin-phone', 'vi');
  await follow(second, second.locator('.kv-checkin .btn-primary'));
  assert.match(await said(second), /Đã ghi bạn có mặt/);
  assert.equal(await second.locator('.kv-matrix tbody tr').count(), 1, 'the own row alone');
  await whole(second, 'own-phone', 'vi');
  await second.goto(first.replace(/.{4}$/, '0000'));
  assert.match(await words(second), /Mã không đúng/);
  await whole(second, 'checkin-refused', 'vi');
  await second.context().close();
  await affairs.locator('.kv-code-count', { hasText: '1/3' }).waitFor();
});

test('the lecturer calls the others on a phone: one comes late, one is absent', async () => {
  await phone.reload();
  assert.match(await rowOf(phone, names[0]).innerText(), /học viên quét mã/);
  await rowOf(phone, names[1]).locator('label.is-late').click();
  await rowOf(phone, names[1]).locator('input[name^="phut-"]').fill('20');
  assert.match(await phone.locator('#roll-sum').innerText(), /Có mặt 1 · Muộn 1 · Vắng 1/);
  await whole(phone, 'roll-phone', 'vi');
  await follow(phone, phone.locator('.kv-roll .btn-primary'));
  assert.match(await said(phone), /Đã lưu điểm danh/);
});

test('without network the roll is kept on the phone, sent once when it is back, and a change in between is shown', async () => {
  const row = rowOf(phone, names[2]);
  // Nothing gets through until the network is back.
  const cut = (route) => route.abort('internetdisconnected');
  await phone.route('**/*', cut);
  await row.locator('label.is-late').click();
  await row.locator('input[name^="phut-"]').fill('50');
  await phone.locator('.kv-roll .btn-primary').click();
  await phone.locator('#roll-state', { hasText: 'Mất mạng' }).waitFor();
  await whole(phone, 'roll-offline', 'vi');
  // Meanwhile somebody in the office excuses the same person.
  await open(pathOf(phone), affairs);
  await rowOf(affairs, names[2]).locator('label.is-excused').click();
  await rowOf(affairs, names[2]).locator('input[name^="ly-do-"]').fill('giấy ra viện');
  await affairs.locator('.kv-roll .btn-primary').click();
  await affairs.getByText('Đã lưu điểm danh').waitFor();
  await phone.unroute('**/*', cut);
  await phone.evaluate(() => window.dispatchEvent(new Event('online')));
  const theirs = row.locator('.kv-theirs');
  await theirs.getByText('Trên máy chủ: Có phép').waitFor();
  await whole(phone, 'roll-conflict', 'vi');
  await theirs.getByRole('button', { name: 'Giữ của tôi' }).click();
  await follow(phone, phone.locator('.kv-roll .btn-primary'));
  assert.match(await said(phone), /Đã lưu điểm danh/);
  assert.match(await words(phone), /Có phép → Muộn 50 phút/);
});

test('grades are pasted: what is wrong is told at its line and column, nothing is lost', async () => {
  await open(`${here}/diem/bai`, affairs);
  await affairs.fill('#ten-1', 'Bài kiểm tra');
  await affairs.fill('#ten-2', 'Tiểu luận');
  await follow(affairs, affairs.locator('form[method="post"] .btn-primary').last());
  await open(`${here}/diem/dan`, affairs);
  const table = `${names[0]}\t7,5\t8\n${names[1]}\tbảy\t9\n${names[2]}\t4\t6`;
  await affairs.fill('#bang', table);
  const refused = await follow(affairs, affairs.locator('.kv-sheet .btn-primary'));
  assert.equal(refused.status(), 422);
  assert.match(await affairs.locator('#loi').innerText(), /Dòng 2, cột 2[\s\S]*bảy[\s\S]*Không phải là điểm/);
  assert.deepEqual(await faults(affairs), []);
  assert.equal(await affairs.inputValue('#bang'), table);
  await affairs.fill('#bang', table.replace('bảy', '7.25'));
  await follow(affairs, affairs.locator('.kv-sheet .btn-primary'));
  assert.match(await said(affairs), /Đã lưu điểm/);
  assert.match(await words(affairs), /dưới mức đạt 5/);
});

test('every page looks as it should, on every screen in both languages', async () => {
  await looks('overview', `${here}/diem-danh`);
  await looks('roll', pathOf(phone));
  await looks('grades', `${here}/diem`);
  await looks('works', `${here}/diem/bai`);
  await looks('take', `${here}/diem/dan`);
  await looks('fence', `${here}/diem-danh/vi-tri`);
  await looks('code', `${pathOf(phone)}/ma`);
});

test('results follow the proposal; against it a reason is asked for; afterwards a decision amends', async () => {
  await later('2026-12-09');
  affairs = await as('so-noi-vu');
  await open(`${here}/viec/ket-thuc`, affairs);
  await submit(affairs);
  await open(`${here}/ket-qua`, affairs);
  const row = affairs.locator('tbody tr', { hasText: names[0] });
  await row.locator('select').selectOption('failed');
  await affairs.fill('#decision', '150/QĐ-SNV');
  const recognise = () => follow(affairs, affairs.locator('form[method="post"] .btn-primary').last());
  await recognise();
  const told = await words(affairs);
  if (/ghi lý do ở từng người/.test(told)) {
    assert.deepEqual(await faults(affairs), []);
    await affairs.locator('tbody tr', { hasText: names[0] }).locator('input[name^="vi-sao-"]').fill('bỏ thi cuối khoá');
    await recognise();
  }
  assert.match(await words(affairs), /Đã công nhận kết quả/);
  await looks('results', `${here}/ket-qua`);
  await open(`${here}/ket-qua`, affairs);
  await follow(affairs, affairs.locator('tbody tr', { hasText: names[0] }).locator('a', { hasText: 'Điều chỉnh' }));
  await affairs.selectOption('#outcome', 'finished');
  await fill(affairs, { decision: '160/QĐ-SNV', reason: 'Phúc khảo bài cuối khoá' });
  await submit(affairs);
  assert.match(await said(affairs), /Đã điều chỉnh kết quả/);
  assert.match(await words(affairs), /160\/QĐ-SNV[\s\S]*Không đạt[\s\S]*Hoàn thành/);
  await looks('amended', here);
  assert.ok(url());
});
