// A class is changed and cancelled, and the learner sees the bell on the phone, opens the notice, and finds the class; who was told stands on
// the class; a calendar is subscribed to by its address and taken back; letters, my page, the training record, promises, a week.
// Not for: letters themselves; the stage `mail` sends them to a real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NARROW, fill, openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

let affairs;
const { as, looks, open, url } = openHouse('notices', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();

/** People are told a moment after the act; waits until the bell says so. */
async function rings(page, count) {
  for (let times = 0; times < 40; times += 1) {
    await open('/thong-bao', page);
    if ((await page.locator('.kv-bell-count').count()) && (await page.locator('.kv-bell-count').innerText()) === String(count)) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`the bell never said ${count}: ${await words(page)}`);
}

let here;
let learner;
test('a learner is named for a class and told so on the phone', async () => {
  learner = await as('nguoi-hoc', NARROW);
  // What the demonstration told of its own class: named, agreed to, confirmed, begun.
  await rings(learner, 4);
  await follow(learner, learner.getByRole('button', { name: 'Đánh dấu đã đọc hết' }));
  await open('/ho-so', learner);
  const own = (await learner.locator('a[href$="/ho-so.zip"]').getAttribute('href')).split('/')[2];
  await open('/lop/phong/0');
  await fill(affairs, { code: 'P.301', name: 'Phòng 301', place: 'Trường Chính trị tỉnh', seats: '60' });
  await submit(affairs);
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Kỹ năng số buổi tối', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '08/12/2026', days: '2', periods: '8', most: '30',
    place: 'Hội trường A',
  });
  await affairs.selectOption('#content', 'it');
  await affairs.selectOption('#hours', 'after_hours');
  await submit(affairs);
  here = pathOf(affairs);
  await open(`${here}/viec/mo`);
  await fill(affairs, { decision: '125/QĐ-SNV' });
  await submit(affairs);
  await open(`${here}/cu?q=${own}`);
  const row = affairs.locator(`input[name="chon-${own}"]`);
  assert.equal(await row.count(), 1, 'the learner may be named');
  await row.check();
  const reason = affairs.locator(`input[name="ly-do-${own}"]`);
  if (await reason.count()) await reason.fill('đã bố trí người làm thay');
  await follow(affairs, affairs.locator('form[method="post"] .btn-primary'));
  assert.match(await said(affairs), /Đã đề cử/);
  await rings(learner, 1);
  assert.deepEqual(await faults(learner), []);
  assert.match(await words(learner), /Anh\/chị được đề cử học Kỹ năng số buổi tối/);
});

test('a new timetable and the cancelling reach the bell, and the notice leads to the class', async () => {
  await open(`${here}/buoi`);
  await affairs.fill('#ngay-1', '07/12/2026');
  await affairs.locator('select[name="buoi-1"]').selectOption('evening');
  await affairs.locator('input[name="tiet-1"]').fill('4');
  await affairs.locator('select[name="phong-1"]').selectOption('P.301');
  await follow(affairs, affairs.locator('button[name="act"][value="save"]'));
  await rings(learner, 2);
  await open('/ho-so', learner);
  assert.match(await words(learner), /Lớp của tôi/);
  assert.match(await words(learner), /Thứ hai 07\/12\/2026 · tối · Phòng 301/i);
  assert.match(await words(learner), /Trường Chính trị tỉnh/);
  assert.match(await learner.locator('a[href^="geo:"]').first().innerText(), /Chỉ đường/);
  await open(`${here}/viec/huy`);
  await fill(affairs, { reason: 'bão số 9' });
  await submit(affairs);
  await rings(learner, 3);
  const first = learner.locator('.kv-notices a').first();
  assert.match(await first.innerText(), /Lớp đã hủy: Kỹ năng số buổi tối[\s\S]*bão số 9/);
  await follow(learner, first);
  assert.equal(pathOf(learner), here);
  assert.match(await words(learner), /Đã hủy/);
  await rings(learner, 2);
  await follow(learner, learner.locator('form[action="/thong-bao/da-doc"] button'));
  assert.equal(await learner.locator('.kv-bell-count').count(), 0);
});

test('whoever keeps the class sees who was told', async () => {
  await open(here);
  await follow(affairs, affairs.locator(`a[href="${here}/da-bao"]`));
  assert.match(await words(affairs), /Hủy lớp/);
  await follow(affairs, affairs.locator('tbody th a').first());
  assert.match(await affairs.locator('#nguoi').innerText(), /Hủy lớp/);
});

test('a calendar is made on the phone, read by its address alone, and taken back', async () => {
  await open('/tai-khoan/lich', learner);
  assert.deepEqual(await faults(learner), []);
  await follow(learner, learner.locator('form[action="/tai-khoan/lich"] .btn-primary'));
  const address = await learner.locator('.kv-token').innerText();
  const read = await fetch(address);
  assert.equal(read.headers.get('content-type'), 'text/calendar; charset=utf-8');
  const text = await read.text();
  assert.match(text, /STATUS:CANCELLED/);
  assert.match(text, /DTSTART:20261207T110000Z/);
  assert.equal((await fetch(address, { headers: { 'if-none-match': read.headers.get('etag') } })).status, 304);
  await follow(learner, learner.locator('form[action="/tai-khoan/lich/thu-hoi"] button'));
  assert.equal((await fetch(address)).status, 404);
});

test('letters are asked for at hours of one\'s own, and what is no address is refused with what was typed', async () => {
  await open('/tai-khoan/thu', learner);
  await learner.fill('#email', 'không phải');
  await learner.fill('#quiet_from', '20:00');
  const refused = await submit(learner);
  assert.equal(refused.status(), 422);
  assert.equal(await learner.inputValue('#email'), 'không phải');
  await fill(learner, { email: 'nguoi.hoc@example.test', quiet_from: '20:00', quiet_to: '07:00' });
  await learner.selectOption('#delivery', 'daily');
  await submit(learner);
  assert.match(await said(learner), /Đã lưu/);
  assert.equal((await fetch(`${url()}/tai-khoan/thu`, { redirect: 'manual' })).status, 303, 'nobody else');
});

test('every page looks as it should, on every screen in both languages', async () => {
  await looks('list', '/thong-bao', 'nguoi-hoc');
  await looks('letters', '/tai-khoan/thu', 'nguoi-hoc');
  await looks('feeds', '/tai-khoan/lich', 'nguoi-hoc');
  await looks('mine', '/ho-so', 'nguoi-hoc');
  await looks('sheet', '/ho-so/phieu-theo-doi', 'nguoi-hoc');
  await looks('told', `${here}/da-bao`);
  await looks('mails', '/quan-tri/thu', 'quan-tri');
  await looks('commitments', '/cam-ket');
  await looks('week', '/lop/lich/tuan?ngay=2026-12-07');
});
