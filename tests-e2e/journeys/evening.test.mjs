// An evening of an officer with three messy workbooks: brought in with their faults shown, mended, brought in again so that everybody is
// there; then the district they worked in is reorganised away, and every person is found as of before and after.
// Not for: each fault and each act; `import` and `reorganise` walk those.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { fill, openHouse, pathOf, submit, wrong } from '../lib/house.mjs';
import { carry, count, messy, send, standIns } from '../lib/intake.mjs';
import { faults, follow } from '../lib/page.mjs';

/** The last day of districts, and the first one without. */
const [LAST, FIRST] = ['2025-06-30', '2025-07-01'];

let page;
const { as, open } = openHouse('evening', async () => {
  page = await as('so-noi-vu');
  return page;
});

const look = () => follow(page, page.locator('.kv-sheet .btn-primary'));
const press = (value) => follow(page, page.locator(`button[value="${value}"]`));
/** Writes a unit down as of 2024; gives its code. */
const found = async (parent, text, chosen) => {
  await open(`/don-vi/sap-xep/lap?don-vi=${parent}`);
  await fill(page, { parent, on: '01/01/2024', decision: '1/NQ', reason: 'Ghi lại tổ chức trước đây', ...text });
  for (const [id, value] of Object.entries({ bloc: 'state', ...chosen })) await page.selectOption(`#${id}`, value);
  await look();
  await press('do');
  return decodeURIComponent(pathOf(page).split('/').pop());
};
/** The form for a file, reached from the page of its unit. */
const formOf = async (unit) => {
  await open(`/don-vi/${unit}?ngay=2024-12-31`);
  await follow(page, page.locator('a.btn[href^="/nhap-lieu"]'));
};
/** Everybody of a unit and below on a day, page after page. */
const people = async (unit, day) => {
  const codes = [];
  await open(`/nhan-su?don-vi=${unit}&ngay=${day}`);
  for (;;) {
    codes.push(...(await page.locator('tbody th a').evaluateAll((links) => links.map((a) => a.pathname.split('/').pop()))));
    const next = page.locator('a[rel="next"]');
    if ((await next.count()) === 0) return codes.sort();
    await follow(page, next);
  }
};

let district;
let commune;
let office;
test('the district, its commune and its office are written down as they were', async () => {
  district = await found('H99', { name: 'Huyện Tân Hòa' }, { kind: 'district', level: 'district' });
  commune = await found(district, { name: 'Xã Tân Hòa' }, { kind: 'commune', level: 'commune' });
  office = await found(district, { name: 'Phòng Nội vụ huyện Tân Hòa' }, { kind: 'division', level: 'district' });
  assert.deepEqual(await faults(page), []);
  assert.equal(new Set([district, commune, office]).size, 3);
});

test('the form for a file offers what lies below a chosen unit, and keeps it when the day cannot be read', async () => {
  await open('/nhap-lieu?ngay=2024-03-05');
  await page.selectOption('#don-vi', district);
  await page.locator(`#don-vi option[value="${commune}"]`).waitFor({ state: 'attached' });
  assert.equal(await page.inputValue('#don-vi'), district);
  await page.selectOption('#don-vi', commune);
  await page.locator(`#don-vi option[value="${commune}"]:checked`).waitFor({ state: 'attached' });
  const { name, bytes } = messy('DS can bo xa 2024.xlsx');
  await page.setInputFiles('#tep', { name, mimeType: 'application/octet-stream', buffer: bytes });
  await fill(page, { ngay: '31/02/2024' });
  await submit(page);
  assert.deepEqual(await wrong(page), ['#ngay']);
  assert.equal(await page.inputValue('#don-vi'), commune, 'nothing is filed under another unit by the way');
  await shot(page, 'evening-form');
});

test('three workbooks come in: what is wrong is shown, mended in the file, and the rest follows', async () => {
  const files = [
    ['DS can bo xa 2024.xlsx', commune, '05/03/2024', { staff: 'cong_chuc' }],
    ['HOSO2003.csv', office, '05/03/2024', { staff: 'cong_chuc', unit: 'home' }],
    ['Bieu 05-BNV.ods', office, '30/06/2024', { unit: 'home' }],
  ];
  for (const [name, unit, day, lacks] of files) {
    await formOf(unit);
    await send(page, messy(name), { unit, day });
    await standIns(page, lacks);
    const [right, wrong] = [await count(page, 'new'), await count(page, 'faulty')];
    assert.ok(wrong > 0 && right > 0, `${name}: ${right} right, ${wrong} wrong`);
    assert.ok((await page.locator('section[aria-labelledby="sai"] tbody tr').count()) > 0, `${name}: each fault is shown`);
    await carry(page, { rightOnly: true });
    await formOf(unit);
    await send(page, messy(`mended/${name}`), { unit, day });
    await standIns(page, lacks);
    assert.equal(await count(page, 'faulty'), 0, name);
    assert.equal(await count(page, 'new'), wrong, `${name}: who was left out is new, and nobody else`);
    await carry(page);
  }
  assert.equal((await people(commune, LAST)).length, 48);
  // Fifty of the ministry's people work at departments that the form names; ten at a unit nobody knows, so at the office.
  assert.equal((await people(district, LAST)).length, 48 + 64 + 10);
});

test('the district is reorganised away, and everybody is found before and after', async () => {
  const there = await people(district, LAST);
  await open(`/don-vi/sap-xep/chuyen?don-vi=${commune}`);
  await fill(page, { parent: 'H99', on: '01/07/2025', decision: '1656/NQ', reason: 'Xã trực thuộc tỉnh' });
  await look();
  await press('do');
  await open(`/don-vi/sap-xep/giai-the?don-vi=${district}`);
  await fill(page, { into: commune, on: '01/07/2025', decision: '1656/NQ', reason: 'Kết thúc hoạt động cấp huyện' });
  await page.selectOption('#children', 'ends_too');
  await look();
  await shot(page, 'evening-preview');
  assert.deepEqual(await faults(page), []);
  await press('do');
  assert.deepEqual(await people(district, LAST), there);
  await open(`/nhan-su?don-vi=${district}&ngay=${FIRST}`);
  assert.match(await page.locator('main').innerText(), /không có cơ quan, đơn vị mang mã/);
  assert.deepEqual(await people(commune, FIRST), there);
});
