// Three messy workbooks into the register: a commune's list, an old export, a ministry's form; what is wrong is shown at its cell, what
// the file lacks is said once, the right rows are written, everybody is found, and an import is taken back.
// Not for: every fault of a cell; the tests of the reader and of the acts walk those.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { carry, compared, count, messy, offered, send, standIns } from '../lib/intake.mjs';
import { faults, follow } from '../lib/page.mjs';

let page;
const { as, open, looks } = openHouse('import', async () => {
  page = await as('so-noi-vu');
  return page;
});

/** Sends a file for the unit that the form offers under this name. */
const sendFor = async (name, file) => {
  await open('/nhap-lieu');
  await send(page, file, { unit: await offered(page, name) });
};

let commune;
test("a commune's list: what it lacks is said once, a stand-in is set, the right rows are written", async () => {
  await open('/nhan-su');
  await follow(page, page.locator('a[href="/nhap-lieu"]'));
  await looks('list', pathOf(page));
  await sendFor('Xã ', messy('DS can bo xa 2024.xlsx'));
  assert.equal(await count(page, 'rows'), 48);
  assert.equal(await count(page, 'new'), 0);
  assert.match(await page.locator('.kv-note.is-warn').innerText(), /Loại cán bộ/);
  assert.match(await page.locator('section[aria-labelledby="sai"]').innerText(), /0491850[\s\S]*12 chữ số/);
  await looks('lacks', pathOf(page));
  await open(`${pathOf(page)}/cot`);
  await looks('columns', pathOf(page));
  await open(pathOf(page).replace('/cot', ''));
  await standIns(page, { staff: 'cong_chuc' });
  assert.equal(await count(page, 'faulty'), 4);
  assert.equal(await count(page, 'new'), 44);
  await looks('compared', pathOf(page));
  await page.locator('#ghi-vao-so .btn-primary').click();
  assert.equal(await page.locator('#reason:invalid').count(), 1, 'nothing is written without a reason');
  await carry(page, { rightOnly: true });
  commune = pathOf(page);
  const name = await page.locator('section[aria-labelledby="se-ghi"] tbody th').first().innerText();
  await looks('carried', pathOf(page));
  await open(`/nhan-su?q=${encodeURIComponent(name.split('\n')[0])}`);
  assert.ok((await page.locator('.kv-table tbody tr').count()) >= 1, name);
});

test('an old export in an old font: mended in the file, units told, and nothing is new the second time', async () => {
  const file = messy('HOSO2003.csv');
  file.bytes = Buffer.from(file.bytes.toString('latin1').replace('31/02/1975', '28/02/1975').replace('03/25/1980', '25/03/1980'), 'latin1');
  await sendFor('Sở Nội vụ', file);
  assert.ok((await page.locator('section[aria-labelledby="sai"]').innerText()).includes('Phòng Giáo dục'));
  await standIns(page, { staff: 'vien_chuc', unit: 'home' });
  const written = await count(page, 'new');
  assert.ok(written > 50, `${written} new people`);
  await carry(page, { rightOnly: (await count(page, 'faulty')) > 0 });
  await sendFor('Sở Nội vụ', file);
  assert.equal(await count(page, 'new'), 0);
  assert.equal(await count(page, 'same'), written);
});

test("a ministry's form: units merged over ten rows are known, faults go back marked in the file", async () => {
  await sendFor('Tỉnh', messy('Bieu 05-BNV.ods'));
  assert.equal(await count(page, 'rows'), 60);
  assert.ok((await count(page, 'new')) > 40, String(await count(page, 'new')));
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/danh-dau.xlsx"]')]);
  assert.match(file.suggestedFilename(), /danh-dau\.xlsx$/);
  await carry(page, { rightOnly: true });
});

test('an import is taken back: its people are gone, and it says so', async () => {
  await open(commune);
  const name = (await page.locator('section[aria-labelledby="se-ghi"] tbody th small').first().innerText()).trim();
  assert.equal((await open(`/nhan-su/${name}`)).status(), 200);
  await open(commune);
  await page.fill('#reason', 'nhầm tệp');
  await follow(page, page.locator('form[action$="/hoan-tac"] .btn'));
  assert.match(await said(page), /hoàn tác/i);
  assert.deepEqual(await faults(page), []);
  assert.equal((await open(`/nhan-su/${name}`)).status(), 404);
});

test('a file that is none is refused with a way out, and forgotten', async () => {
  await open('/nhap-lieu');
  await page.setInputFiles('#tep', { name: 'cong-van.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj') });
  await submit(page);
  await page.locator('[role="alert"]').waitFor();
  assert.match(await page.locator('[role="alert"]').innerText(), /PDF[\s\S]*\.xlsx/);
  await looks('refused', pathOf(page));
  await follow(page, page.locator('form[action$="/bo"] .btn'));
  assert.match(await said(page), /bỏ tệp/);
});

test("a school's report: its class is told once, attendances are written, known again, and seen on the person's page", async () => {
  await open('/nhan-su');
  const links = await page.locator('.kv-table tbody th a[href^="/nhan-su/"]').evaluateAll((all) => all.slice(0, 3).map((one) => one.pathname));
  const codes = links.map((path) => decodeURIComponent(path.split('/').pop()));
  assert.equal(codes.length, 3);
  const rows = codes.map((code, place) => `${place + 1};${code};9-13/3/2026;Đạt;${place + 11}/CN`);
  const text = `DANH SÁCH HỌC VIÊN\r\n\r\nTT;Mã CBCCVC;Thời gian;Kết quả;Số chứng nhận\r\n${rows.join('\r\n')}\r\n`;
  const file = { name: 'bao-cao-lop.csv', bytes: Buffer.from(`\ufeff${text}`) };
  await looks('training-list', '/nhap-lieu');
  await open('/nhap-lieu');
  await page.check('input[value="institute"]');
  await send(page, file, { unit: await offered(page, 'Tỉnh') });
  assert.equal(await count(page, 'new'), 0);
  await follow(page, page.locator('a[href$="/cot"]').first());
  await looks('training-columns', pathOf(page));
  await page.fill('#mac-dinh-title', 'Kỹ năng số cho mọi người');
  await page.selectOption('#mac-dinh-content', 'science_digital');
  await page.selectOption('#mac-dinh-topic', 'quang-nam-2024/B.5');
  await page.fill('#mac-dinh-days', '5');
  await submit(page);
  await compared(page);
  assert.equal(await count(page, 'new'), 3);
  assert.equal(await count(page, 'faulty'), 0);
  await looks('training-compared', pathOf(page));
  await carry(page);
  await open(`/nhan-su/${codes[0]}`);
  const record = await page.locator('main').innerText();
  assert.match(record, /Kỹ năng số cho mọi người/);
  assert.match(record, /quang-nam-2024 · B\.5/, 'and it counts for the topic');
  assert.match(record, /cơ sở đào tạo báo[\s\S]*11\/CN/i);
  await open('/nhap-lieu');
  await page.check('input[value="institute"]');
  await send(page, file, { unit: await offered(page, 'Tỉnh') });
  assert.equal(await count(page, 'same'), 3, 'what stood for the columns is remembered');
});
