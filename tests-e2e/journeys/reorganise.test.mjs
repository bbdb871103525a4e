// Reorganising: a body with offices below is merged away, its people are found before and after, and it is taken back; a name of a day,
// a split with choices, other codes, and the catalogue of posts.
// Not for: every rule; the worked cases of `domain` walk those.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { fill, openHouse, pathOf, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const HERE = '/don-vi/sap-xep';

let page;
const { as, open, looks } = openHouse('reorganise', async () => {
  page = await as('so-noi-vu');
  return page;
});

const main = (of = page) => of.locator('main').innerText();
const press = (value, of = page) => follow(of, of.locator(`button[value="${value}"]`));
const look = (of = page) => follow(of, of.locator('.kv-sheet .btn-primary'));
/** Code of the unit of this name, by the search of the day. */
const code = async (name) => {
  await open(`/don-vi?q=${encodeURIComponent(name)}`);
  const link = page.locator('section[aria-labelledby="tim-thay-don-vi"] tbody a', { hasText: name }).first();
  return decodeURIComponent((await link.getAttribute('href')).split('/').pop().split('?')[0]);
};
/** Staff codes of the people of a unit and below on a day; the first page of the list. */
const people = async (unit, day) => {
  await open(`/nhan-su?don-vi=${unit}&ngay=${day}`);
  return page.locator('tbody th a').evaluateAll((links) => links.map((a) => a.pathname.split('/').pop()));
};

test('a commune with its offices is merged away: seen first, done, its people found on both sides, and taken back', async () => {
  await open('/don-vi');
  const communes = page.locator('details', { has: page.locator('summary', { hasText: /^Xã|^Cấp xã|xã/i }) }).first().locator('a');
  const named = await communes.evaluateAll((links) => links.slice(0, 2).map((a) => [a.textContent, decodeURIComponent(a.pathname.split('/').pop())]));
  const [[goneName, gone], [heirName, heir]] = named;
  const before = await people(gone, '2026-12-31');
  assert.ok(before.length > 3, `only ${before.length} people`);

  await open(`/don-vi/${gone}`);
  await follow(page, page.locator(`a[href^="${HERE}"]`));
  await follow(page, page.locator(`a[href^="${HERE}/sap-nhap"]`));
  assert.match(await page.inputValue('#units'), new RegExp(gone.replaceAll('.', '\\.')));
  await fill(page, { into: 'không có xã này', on: '01/01/2027', decision: '15/NQ-HĐND', reason: 'Sắp xếp đơn vị hành chính' });
  await look();
  assert.deepEqual(await wrong(page), ['#into']);
  assert.equal(await page.inputValue('#decision'), '15/NQ-HĐND');
  await fill(page, { into: heirName });
  await page.selectOption('#children', 'ends_too');
  await look();
  assert.match(await main(), /Chưa có gì thay đổi/);
  assert.match(await page.locator('section[aria-labelledby="so-do"]').innerText(), new RegExp(`Kết thúc[\\s\\S]*${goneName}`));
  assert.deepEqual(await faults(page), []);
  await shot(page, 'reorganise-preview');
  assert.deepEqual(await people(gone, '2027-01-01'), before);
  await open(`${HERE}/sap-nhap?don-vi=${gone}`);
  await fill(page, { into: heir, on: '01/01/2027', decision: '15/NQ-HĐND', reason: 'Sắp xếp đơn vị hành chính' });
  await page.selectOption('#children', 'ends_too');
  await look();
  await press('do');
  assert.equal(pathOf(page), `/don-vi/${heir}`);
  assert.match(await main(), /Đã sắp xếp[\s\S]*Nhận sáp nhập[\s\S]*Theo 15\/NQ-HĐND/);
  assert.deepEqual(await people(gone, '2026-12-31'), before);
  await open(`/nhan-su?don-vi=${gone}&ngay=2027-01-01`);
  assert.match(await main(), new RegExp(`không có cơ quan, đơn vị mang mã.*${gone.replaceAll('.', '\\.')}`));
  await open(`/nhan-su?don-vi=${heir}&ngay=2027-01-01&q=${before[0]}`);
  assert.equal(await page.locator(`tbody a[href^="/nhan-su/${before[0]}"]`).count(), 1);
  await open(`/nhan-su/${before[0]}`);
  assert.match(await page.locator('section[aria-labelledby="cong-tac"]').innerText(), /từ 01\/01\/2027[\s\S]*15\/NQ-HĐND/);
  await open(`/don-vi/${gone}?ngay=2027-01-01`);
  assert.match(await main(), /không còn[\s\S]*Sáp nhập vào/);

  await open(HERE);
  await follow(page, page.locator('a[href^="/don-vi/sap-xep/hoan-tac/"]').first());
  await fill(page, { reason: 'Nghị quyết hoãn' });
  await look();
  assert.match(await main(), /Đã hoàn tác: đơn vị và người trở lại/);
  assert.deepEqual(await people(gone, '2027-01-01'), before);
});

test('a new name is true from its day, and the old one still finds the unit', async () => {
  const unit = await code('Sở Y tế');
  await open(`${HERE}/doi-ten?don-vi=${unit}`);
  await fill(page, { name: 'Sở Sức khoẻ', on: '01/12/2026', reason: 'Đổi tên' });
  await look();
  await press('edit');
  assert.equal(await page.inputValue('#name'), 'Sở Sức khoẻ');
  await look();
  await press('do');
  assert.equal(await page.locator('h1').innerText(), 'Sở Sức khoẻ');
  await open(`/don-vi/${unit}`);
  assert.equal(await page.locator('h1').innerText(), 'Sở Y tế');
  assert.match(await page.locator('section[aria-labelledby="bien-dong"]').innerText(), /01\/12\/2026[\s\S]*Đổi tên từ “Sở Y tế”/);
  await open('/don-vi?ngay=2026-12-01&q=so y te');
  assert.match(await main(), /Sở Sức khoẻ/);
});

test('a split asks who goes where, and nobody is left behind without a successor', async () => {
  const unit = await code('Sở Tài chính');
  await open(`${HERE}/chia-tach?don-vi=${unit}`);
  await fill(page, { parts: '| Sở Ngân sách\n| Sở Tài sản công', on: '01/01/2027', reason: 'Chia tách' });
  await look();
  const first = await page.locator('#don-vi-con-0 option').allInnerTexts();
  assert.deepEqual(first.map((text) => text.replace(/Sở.*/, '')), ['Chuyển về ', 'Chuyển về ', 'Kết thúc, người về ', 'Kết thúc, người về ']);
  await page.selectOption('#don-vi-con-0', 'ends_too:1');
  await press('do');
  assert.deepEqual(await wrong(page), ['#lam'], 'nothing is done that was not looked at');
  assert.equal(await page.inputValue('#don-vi-con-0'), 'ends_too:1');
  assert.match(await page.locator('section[aria-labelledby="nguoi"]').innerText(), /Sở Tài sản công/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'reorganise-split');

  await open(`${HERE}/giai-the?don-vi=${unit}`);
  await fill(page, { on: '01/01/2027', reason: 'Giải thể' });
  await page.selectOption('#children', 'ends_too');
  await look();
  assert.equal(await page.locator('button[value="do"]').count(), 0);
  assert.ok(await page.locator('section[aria-labelledby="khong-di-duoc"] tbody tr').count() > 3);
  assert.deepEqual(await faults(page), []);
});

test('other codes and posts are kept, and only who keeps units does so', async () => {
  const unit = await code('Sở Nội vụ');
  await open(`/don-vi/${unit}/ma-khac`);
  await fill(page, { code: '20455', reason: 'Mã hành chính' });
  await look();
  assert.match(await main(), /20455/);
  await open('/don-vi?q=20455');
  assert.match(await main(), /Sở Nội vụ/);
  await open('/vi-tri/moi');
  await fill(page, { title: 'Chuyên viên về tổ chức bộ máy', code: 'CM.01', reason: 'Danh mục mới' });
  await page.check('#for_department');
  await look();
  assert.match(await main(), /Đã lưu vị trí việc làm/);
  const officer = (await people(unit, '2026-11-22'))[0];
  await open(`/nhan-su/${officer}/chuyen`);
  assert.ok((await page.locator('#post-san option').evaluateAll((all) => all.map((o) => o.value))).length > 3);
  const clerk = await as('to-chuc');
  assert.equal((await open(HERE, clerk)).status(), 403);
  assert.equal((await open(`/don-vi/${unit}`, clerk)).status(), 200);
  assert.equal(await clerk.locator(`a[href^="${HERE}"]`).count(), 0);
  await clerk.context().close();
});

test('every page looks right in both languages, wide and narrow', async () => {
  for (const [name, address] of [
    ['acts', HERE],
    ['create', `${HERE}/lap`],
    ['merge', `${HERE}/sap-nhap`],
    ['unit', '/don-vi/H99.01'],
    ['posts', '/vi-tri'],
    ['post', '/vi-tri/1'],
  ]) await looks(name, address);
});
