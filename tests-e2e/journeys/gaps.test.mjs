// What is missing: from the map to a name, the urgent list with other points, and a standard changed after its effects were seen.
// Not for: counting (Rust tests).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow } from '../lib/page.mjs';
import { openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';

let page;
const { as, open, looks, whole } = openHouse('gaps', async () => {
  page = await as('so-noi-vu');
  return page;
});

const numberOf = (text) => Number(text.replace(/\D/g, ''));

test('a number of the map opens to as many names, and a name to what the post asks', async () => {
  await open('/thieu?theo=don-vi');
  const cell = page.locator('.kv-heat tbody td.is-h4 a').first();
  const count = numberOf(await cell.innerText());
  await follow(page, cell);
  assert.match(pathOf(page), /^\/thieu\/[A-Z]+\.\d$/);
  const missing = await page.locator('.kv-chip.is-missed').count();
  assert.ok(missing > 0 && missing <= count, `${missing} of ${count} on the first page`);
  await follow(page, page.locator('tbody th a').first());
  assert.match(pathOf(page), /^\/nhan-su\//);
  assert.ok((await page.locator('section[aria-labelledby="thieu"] .kv-chip.is-missed').count()) > 0);
});

test('the list of names is taken out as it is shown', async () => {
  await open('/thieu/LLCT.2');
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), await page.locator('a[download]', { hasText: 'CSV' }).getAttribute('href'));
  const first = await page.locator('tbody th a').first().innerText();
  assert.ok(csv.includes(first), first);
  const leader = await as('lanh-dao');
  assert.equal((await open('/thieu/LLCT.2/xuat.csv', leader)).status(), 403);
  await leader.context().close();
});

test('other points give another order, and the address carries them', async () => {
  await open('/thieu/can-ngay');
  const order = async () => (await page.locator('.kv-urgent tbody th a').allInnerTexts()).join();
  const before = await order();
  await page.locator('summary', { hasText: 'Điểm của từng lý do' }).click();
  for (const [reason, points] of [['reorganised', '100'], ['missing', '0'], ['unqualified', '0']]) await page.fill(`#diem-${reason}`, points);
  await follow(page, page.locator('button', { hasText: 'Xếp lại' }));
  assert.match(page.url(), /diem-reorganised=100/);
  const top = page.locator('.kv-urgent tbody tr').first();
  assert.match(await top.innerText(), /đơn vị cũ đã sắp xếp 100/);
  assert.notEqual(await order(), before);
  await follow(page, page.locator('button', { hasText: 'Lưu làm điểm của tỉnh' }));
  assert.equal(await said(page), 'Đã lưu điểm của tỉnh.');
  await page.locator('summary', { hasText: 'Điểm của từng lý do' }).click();
  assert.equal(await page.inputValue('#diem-reorganised'), '100');
});

test('a standard is changed, its effects are seen before, and it is published', async () => {
  await open('/tieu-chuan');
  await follow(page, page.locator('h2 a').first());
  await follow(page, page.locator('button', { hasText: 'Mở bản nháp' }));
  const draft = pathOf(page).replace('/sua', '');
  const text = await page.inputValue('#van-ban');
  await page.fill('#van-ban', text.replace('subject = "political_theory"', 'subject = "politics"'));
  await follow(page, page.locator('button', { hasText: 'Kiểm tra' }));
  assert.match(await page.locator('#loi').innerText(), /Dòng \d+/);
  await page.fill('#van-ban', text.replace('level = "trung_cap" }', 'level = "cao_cap" }'));
  await follow(page, page.locator('button', { hasText: 'Xem tác động' }));
  assert.match(await page.locator('section[aria-labelledby="tac-dong"]').innerText(), /LLCT\.2[^]*Thành thiếu: \d+/);
  await whole(page, 'effects', 'vi');
  await follow(page, page.locator('button', { hasText: 'Lưu' }).first());
  assert.equal(pathOf(page), draft);
  await open(`${draft}/ban-hanh`);
  const effect = page.locator('section[aria-labelledby="tac-dong"] a').first();
  const people = numberOf((await effect.innerText()).split(':').pop());
  await follow(page, effect);
  assert.ok((await page.locator('tbody tr').count()) === Math.min(people, 50));
  for (const name of ['thay-doi/LLCT.2', 'ban-hanh', 'yeu-cau/LLCT.2', 'sua']) {
    await looks(`draft-${name.split('/')[0]}`, `${draft}/${name}`);
  }
  await open(`${draft}/ban-hanh`);
  await page.locator('#reason').evaluate((field) => field.removeAttribute('required'));
  await submit(page);
  assert.deepEqual(await wrong(page), ['#reason']);
  await page.fill('#reason', 'Quy định tiêu chuẩn chức danh mới');
  await submit(page);
  assert.equal(await said(page), 'Đã ban hành tiêu chuẩn. Mọi trang xét theo bản mới.');
  await open('/thieu/LLCT.2');
  assert.match(await page.locator('.kv-facts').innerText(), /từ cao cấp trở lên/);
});

test('whole on every screen in both languages', async () => {
  await looks('map', '/thieu');
  await looks('names', '/thieu/HN.1');
  await looks('urgent', '/thieu/can-ngay');
  await looks('standards', '/tieu-chuan');
  await looks('own', '/ho-so', 'nguoi-hoc');
});
