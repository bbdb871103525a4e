// Signed sheets that come back as a scan: printed in the browser, signed, scanned askew in one pile with a page that is none, uploaded, two
// doubtful cells decided, put into both rolls at once; the roll leads back to the signature, and the shares follow.
// Not for: every refusal and every way a page may lie; those are cases of the service and of the reader.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { keep } from '../lib/browser.mjs';
import { office, press, send } from '../lib/classes.mjs';
import { fill, NARROW, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';
import { blank, dash, drawn, laid, scanned, sign } from '../lib/sheets.mjs';

const UNIT = 'Xã Tiên Phước';
const PEOPLE = 5;
let affairs;
const { as, later, looks, open, whole } = openHouse('scans', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();

let here;
test('a class of five with two sittings is opened and filled', async () => {
  const people = await office({ as, open }, UNIT, ['nhan-su-xa', 'chu-tich-xa']);
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Kỹ năng số cho công chức xã', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '08/12/2026', days: '2', periods: '16', most: '5',
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
  await send({ open }, here, PEOPLE, { ...people, affairs });
});

let rolls;
test('on the second day one is absent in the roll of the first, and the sheets of both are printed', async () => {
  await later('2026-12-08');
  affairs = await as('so-noi-vu');
  await open(`${here}/viec/khai-giang`, affairs);
  await submit(affairs);
  await open(`${here}/diem-danh`, affairs);
  rolls = await affairs.locator('.kv-sittings a[aria-label^="Điểm danh:"]').evaluateAll((links) => links.map((a) => new URL(a.href).pathname));
  assert.ok(rolls.length >= 2, 'both days have come');
  await open(`${here}/diem-danh/ban-quet`, affairs);
  assert.match(await words(affairs), /Chưa có bản quét nào/);
  assert.deepEqual(await faults(affairs), []);
});

let pages;
let printed;
test('the sheets are printed in one file', async () => {
  const [download] = await Promise.all([affairs.waitForEvent('download'), affairs.locator('a', { hasText: 'In danh sách ký tên' }).click()]);
  printed = await readFile(await download.path());
  await keep('scans-sheet.pdf', printed);
  pages = drawn(printed);
  assert.equal(pages.length, rolls.length, 'a page for each sitting');
});

test('a file without a sheet is refused with a reason for each page, and nothing is kept', async () => {
  await affairs.setInputFiles('#tep', { name: 'giấy trắng.pdf', mimeType: 'application/pdf', buffer: scanned([blank(pages[0]), blank(pages[0])]) });
  const refused = await follow(affairs, affairs.locator('.kv-sheet .btn-primary'));
  assert.equal(refused.status(), 422);
  assert.deepEqual(await wrong(affairs), ['#tep']);
  assert.match(await words(affairs), /Trang 1 của tệp: không thấy mã[\s\S]*Trang 2 của tệp: không thấy mã/);
  await whole(affairs, 'refused', 'vi');
});

let names;
let review;
test('the pile is scanned once, askew and upside down: only what is doubtful is asked', async () => {
  // Who is on which row: the printed order is that of the review.
  [0, 1, 2].forEach((row) => sign(pages[0], row));
  dash(pages[0], 3);
  [0, 1, 2, 3, 4].forEach((row) => sign(pages[1], row));
  const pile = scanned([laid(pages[1], 178), laid(pages[0], -3), blank(pages[0])]);
  await affairs.setInputFiles('#tep', { name: 'bản ký tuần 1.pdf', mimeType: 'application/pdf', buffer: pile });
  await follow(affairs, affairs.locator('.kv-sheet .btn-primary'));
  assert.match(await said(affairs), /Đã đọc bản quét/);
  review = pathOf(affairs);
  assert.match(await words(affairs), /Trang 3 của tệp: không thấy mã/);
  assert.match(await affairs.locator('.kv-sums .is-unsure').innerText(), /1/);
  assert.match(await affairs.locator('.kv-sums .is-puts').innerText(), /9/);
  names = await affairs.locator('.kv-signed legend').evaluateAll((all) => all.map((one) => one.childNodes[2].textContent.trim()));
  // The same file again is the same scan.
  await open(`${here}/diem-danh/ban-quet`, affairs);
  await affairs.setInputFiles('#tep', { name: 'lại.pdf', mimeType: 'application/pdf', buffer: pile });
  await follow(affairs, affairs.locator('.kv-sheet .btn-primary'));
  assert.match(await said(affairs), /đã được tải lên trước đó/);
  assert.equal(pathOf(affairs), review);
});

test('meanwhile the roll says that one who signed was absent: that is asked too', async () => {
  await open(rolls[0], affairs);
  // The first of the list stands behind the doubtful one, which is shown first.
  const row = affairs.locator('.kv-roll-row', { hasText: names[1] });
  for (const label of await affairs.locator('.kv-roll-row .is-present').all()) await label.click();
  await row.locator('label.is-absent').click();
  await affairs.locator('.kv-roll .btn-primary').click();
  await affairs.getByText('Đã lưu điểm danh').waitFor();
  await open(review, affairs);
  assert.match(await affairs.locator('.kv-sums .is-conflict').innerText(), /2/, 'one signed and is absent, one did not and is present');
  await whole(affairs, 'review', 'vi');
  const refused = await follow(affairs, affairs.locator('.kv-roll .btn-primary'));
  assert.equal(refused.status(), 422);
  assert.match(await affairs.locator('#loi').innerText(), /chưa chọn/);
  await whole(affairs, 'undecided', 'vi');
});

test('the page looks as it should, on every screen in both languages', async () => {
  await looks('list', `${here}/diem-danh/ban-quet`);
  await looks('review', review);
});

test('on a phone the doubtful cells are decided and all rolls are right', async () => {
  const phone = await as('so-noi-vu', NARROW);
  await open(review, phone);
  const asked = phone.locator('.kv-signed-sitting > .kv-roll-list .kv-signed');
  const many = await asked.count();
  assert.ok(many >= 1, 'something is asked');
  for (let at = 0; at < many; at += 1) {
    const kind = await asked.nth(at).getAttribute('class');
    await asked.nth(at).locator(kind.includes('is-unsure') ? 'label.is-absent' : 'label').first().click();
  }
  await whole(phone, 'decided-phone', 'vi');
  await follow(phone, phone.locator('.kv-roll .btn-primary'));
  assert.match(await said(phone), /Đã ghi vào sổ điểm danh theo bản ký/);
  assert.match(await words(phone), /đã ghi vào sổ/);
  assert.deepEqual(await faults(phone), []);
  await looks('settled', review);
});

test('the roll leads to the signature, and the shares have changed', async () => {
  await open(rolls[1], affairs);
  assert.match(await words(affairs), /Theo danh sách ký/);
  await follow(affairs, affairs.locator('a', { hasText: 'Xem chữ ký' }).first());
  assert.equal(pathOf(affairs), review);
  await open(`${here}/diem-danh`, affairs);
  assert.match(await words(affairs), new RegExp(`Đã điểm danh 2/${rolls.length} buổi`));
  assert.match(await affairs.locator('.kv-matrix').innerText(), /100/);
  await looks('overview', `${here}/diem-danh`);
});
