// An evening of an officer with three messy workbooks: brought in with their faults shown, mended, brought in again so that everybody is
// there; then the district they worked in is reorganised away, and every person is found as of before and after.
// Not for: each fault and each act; `import` and `reorganise` walk those.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { faults, follow } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';

const MESSY = process.env.KHUEVAN_MESSY;
assert.ok(MESSY, 'KHUEVAN_MESSY names the folder that `cargo run -p khuevan-testkit --example messy -- FOLDER` wrote');
/** The last day of districts, and the first one without. */
const [LAST, FIRST] = ['2025-06-30', '2025-07-01'];

let server;
let browser;
let page;
before(async () => {
  server = await startServer(['--today', '2026-11-22']);
  browser = await openBrowser();
  page = await newPage(browser, {});
  await login(page, { login: 'so-noi-vu', password: 'khuevan', url: server.url });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (path) => page.goto(server.url + path);
const main = () => page.locator('main').innerText();
const fill = async (values) => {
  for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
};
const look = () => follow(page, page.locator('.kv-sheet .btn-primary'));
const press = (value) => follow(page, page.locator(`button[value="${value}"]`));
const done = () => page.locator('.kv-counts, .kv-note.is-warn[role="alert"]').first().waitFor({ timeout: 60_000 });
const count = async (name) => Number((await page.locator(`.kv-counts .is-${name} dd`).innerText()).replace(/\D/g, ''));
/** Sends a file as of a day and waits until it is compared. */
const send = async (file, unit, day) => {
  await open('/nhap-lieu');
  await page.evaluate(([code]) => {
    const select = document.querySelector('#don-vi');
    if (![...select.options].some((option) => option.value === code)) select.add(new Option(code, code));
    select.value = code;
  }, [unit]);
  await page.fill('#ngay', day);
  await page.setInputFiles('#tep', { name: file.split('/').pop(), mimeType: 'application/octet-stream', buffer: readFileSync(`${MESSY}/${file}`) });
  await follow(page, page.locator('.kv-form .btn-primary'));
  await done();
};
const standIns = async (values) => {
  await follow(page, page.locator('a[href$="/cot"]').first());
  for (const [field, value] of Object.entries(values)) await page.selectOption(`#mac-dinh-${field}`, value);
  await follow(page, page.locator('.kv-form .btn-primary'));
  await done();
};
const carry = async (rightOnly = false) => {
  if (rightOnly) await page.check('input[value="valid_rows"]');
  await page.fill('#reason', 'danh sách gửi kèm công văn');
  await follow(page, page.locator('#ghi-vao-so .btn-primary'));
  await page.locator('.kv-chip.is-done').waitFor({ timeout: 60_000 });
};
/** Code of the unit that is shown. */
const shown = () => decodeURIComponent(new URL(page.url()).pathname.split('/').pop());
const found = async (parent, fields) => {
  await open(`/don-vi/sap-xep/lap?don-vi=${parent}`);
  await fill({ parent, on: '01/01/2024', decision: '1/NQ', reason: 'Ghi lại tổ chức trước đây', ...fields.text });
  for (const [id, value] of Object.entries(fields.chosen)) await page.selectOption(`#${id}`, value);
  await look();
  await press('do');
  return shown();
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

const units = {};
test('the district, its commune and its office are written down as they were', async () => {
  units.district = await found('H99', { text: { name: 'Huyện Tân Hòa' }, chosen: { kind: 'district', level: 'district', bloc: 'state' } });
  units.commune = await found(units.district, { text: { name: 'Xã Tân Hòa' }, chosen: { kind: 'commune', level: 'commune', bloc: 'state' } });
  units.office = await found(units.district, { text: { name: 'Phòng Nội vụ huyện Tân Hòa' }, chosen: { kind: 'division', level: 'district', bloc: 'state' } });
  assert.deepEqual(await faults(page), []);
  assert.equal(new Set(Object.values(units)).size, 3);
});

test('three workbooks come in: what is wrong is shown, mended in the file, and the rest follows', async () => {
  const files = [
    ['DS can bo xa 2024.xlsx', units.commune, '05/03/2024', { staff: 'cong_chuc' }, 48],
    ['HOSO2003.csv', units.office, '05/03/2024', { staff: 'cong_chuc', unit: 'home' }, 64],
    ['Bieu 05-BNV.ods', units.office, '30/06/2024', { unit: 'home' }, 60],
  ];
  for (const [name, unit, day, lacks, all] of files) {
    await send(name, unit, day);
    await standIns(lacks);
    const [right, wrong] = [await count('new'), await count('faulty')];
    assert.ok(wrong > 0 && right > 0, `${name}: ${right} right, ${wrong} wrong`);
    assert.ok((await page.locator('section[aria-labelledby="sai"] li, section[aria-labelledby="sai"] tbody tr').count()) > 0);
    await carry(true);
    await send(`mended/${name}`, unit, day);
    await standIns(lacks);
    assert.equal(await count('faulty'), 0, name);
    assert.equal(await count('new'), wrong, `${name}: who was left out is new, and nobody else`);
    await shot(page, `evening-${unit === units.commune ? 'commune' : name.slice(0, 4)}`);
    await carry();
    units[name] = all;
  }
  assert.equal((await people(units.commune, LAST)).length, 48);
  // Fifty of the ministry's people work at departments that the form names; ten at a unit nobody knows, so at the office.
  assert.equal((await people(units.district, LAST)).length, 48 + 64 + 10);
});

test('the district is reorganised away, and everybody is found before and after', async () => {
  const before = await people(units.district, LAST);
  await open(`/don-vi/sap-xep/chuyen?don-vi=${units.commune}`);
  await fill({ parent: 'H99', on: '01/07/2025', decision: '1656/NQ', reason: 'Xã trực thuộc tỉnh' });
  await look();
  await press('do');
  await open(`/don-vi/sap-xep/giai-the?don-vi=${units.district}`);
  await fill({ into: units.commune, on: '01/07/2025', decision: '1656/NQ', reason: 'Kết thúc hoạt động cấp huyện' });
  await page.selectOption('#children', 'ends_too');
  await look();
  await shot(page, 'evening-preview');
  assert.deepEqual(await faults(page), []);
  await press('do');
  assert.deepEqual(await people(units.district, LAST), before);
  await open(`/nhan-su?don-vi=${units.district}&ngay=${FIRST}`);
  assert.match(await main(), /không có cơ quan, đơn vị mang mã/);
  const heir = units.commune;
  assert.deepEqual(await people(heir, FIRST), before);
});
