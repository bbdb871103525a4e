// Three messy workbooks into the register: a commune's list, an old export, a ministry's form; what is wrong is shown at its cell, what
// the file lacks is said once, the right rows are written, everybody is found, and an import is taken back.
// Not for: every fault of a cell; the tests of the reader and of the acts walk those.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { faults, follow } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';

/** The narrowest phone that pages are made for. */
const NARROW = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const MESSY = process.env.KHUEVAN_MESSY;
assert.ok(MESSY, 'KHUEVAN_MESSY names the folder that `cargo run -p khuevan-testkit --example messy -- FOLDER` wrote');

let server;
let browser;
let page;
before(async () => {
  server = await startServer(['--today', '2026-11-22']);
  browser = await openBrowser();
  page = await as('so-noi-vu');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const as = async (name, options = {}) => {
  const opened = await newPage(browser, options);
  await login(opened, { login: name, password: 'khuevan', url: server.url });
  return opened;
};
const open = (path, by = page) => by.goto(server.url + path);
/** Sends a file and waits until it is compared. */
const send = async (name, unit, bytes = readFileSync(`${MESSY}/${name}`)) => {
  await open('/nhap-lieu');
  const code = await page.locator('#don-vi option').evaluateAll((all, wanted) => all.find((o) => o.textContent.includes(wanted))?.value, unit);
  await page.selectOption('#don-vi', code ?? '');
  await page.setInputFiles('#tep', { name, mimeType: 'application/octet-stream', buffer: bytes });
  await follow(page, page.locator('.kv-form .btn-primary'));
  await done();
};
/** Waits until the work on the file is over; the page is loaded anew by itself. */
const done = async () => {
  await page.locator('.kv-counts, .kv-note.is-warn[role="alert"]').first().waitFor({ timeout: 60_000 });
};
const count = async (name) => Number((await page.locator(`.kv-counts .is-${name} dd`).innerText()).replace(/\D/g, ''));
const carry = async (rightOnly) => {
  if (rightOnly) await page.check('input[value="valid_rows"]');
  await page.fill('#reason', 'danh sách gửi kèm công văn');
  await follow(page, page.locator('#ghi-vao-so .btn-primary'));
  await page.locator('.kv-chip.is-done').waitFor({ timeout: 60_000 });
};
const standIns = async (values) => {
  await follow(page, page.locator('a[href$="/cot"]').first());
  for (const [field, value] of Object.entries(values)) await page.selectOption(`#mac-dinh-${field}`, value);
  await follow(page, page.locator('.kv-form .btn-primary'));
  await done();
};
/** The same page in both languages, wide and narrow, without a fault; pictures of each. */
const looks = async (name) => {
  const path = new URL(page.url()).pathname;
  for (const [form, options] of [['desktop', {}], ['phone', NARROW]]) {
    const other = await as('so-noi-vu', options);
    for (const lang of ['vi', 'en']) {
      await other.context().addCookies([{ name: 'lang', value: lang, url: server.url }]);
      assert.equal((await open(path, other)).status(), 200, path);
      assert.deepEqual(await faults(other), [], `${name}, ${form}, ${lang}`);
      assert.doesNotMatch(await other.locator('main').innerText(), /Unknown localization/, `${name}, ${form}, ${lang}`);
      await shot(other, `import-${name}-${form}-${lang}`);
    }
    await other.context().close();
  }
};

let commune;
test("a commune's list: what it lacks is said once, a stand-in is set, the right rows are written", async () => {
  await open('/nhan-su');
  await follow(page, page.locator('a[href="/nhap-lieu"]'));
  await looks('list');
  await send('DS can bo xa 2024.xlsx', 'Xã ');
  assert.equal(await count('rows'), 48);
  assert.equal(await count('new'), 0);
  assert.match(await page.locator('.kv-note.is-warn').innerText(), /Loại cán bộ/);
  assert.match(await page.locator('section[aria-labelledby="sai"]').innerText(), /0491850[\s\S]*12 chữ số/);
  await looks('lacks');
  await open(`${new URL(page.url()).pathname}/cot`);
  await looks('columns');
  await open(new URL(page.url()).pathname.replace('/cot', ''));
  await standIns({ staff: 'cong_chuc' });
  assert.equal(await count('faulty'), 4);
  assert.equal(await count('new'), 44);
  await looks('compared');
  await follow(page, page.locator('#ghi-vao-so .btn-primary')).catch(() => {});
  await carry(true);
  commune = new URL(page.url()).pathname;
  const name = await page.locator('section[aria-labelledby="se-ghi"] tbody th').first().innerText();
  await looks('carried');
  await open(`/nhan-su?q=${encodeURIComponent(name.split('\n')[0])}`);
  assert.ok((await page.locator('.kv-table tbody tr').count()) >= 1, name);
});

test('an old export in an old font: mended in the file, units told, and nothing is new the second time', async () => {
  const bytes = Buffer.from(readFileSync(`${MESSY}/HOSO2003.csv`).toString('latin1')
    .replace('31/02/1975', '28/02/1975').replace('03/25/1980', '25/03/1980'), 'latin1');
  await send('HOSO2003.csv', 'Sở Nội vụ', bytes);
  assert.ok((await page.locator('section[aria-labelledby="sai"]').innerText()).includes('Phòng Giáo dục'));
  await standIns({ staff: 'vien_chuc', unit: 'home' });
  const written = await count('new');
  assert.ok(written > 50, `${written} new people`);
  await carry((await count('faulty')) > 0);
  await send('HOSO2003.csv', 'Sở Nội vụ', bytes);
  assert.equal(await count('new'), 0);
  assert.equal(await count('same'), written);
});

test("a ministry's form: units merged over ten rows are known, faults go back marked in the file", async () => {
  await send('Bieu 05-BNV.ods', 'Tỉnh');
  assert.equal(await count('rows'), 60);
  assert.ok((await count('new')) > 40, String(await count('new')));
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/danh-dau.xlsx"]')]);
  assert.match(file.suggestedFilename(), /danh-dau\.xlsx$/);
  await carry(true);
});

test('an import is taken back: its people are gone, and it says so', async () => {
  await open(commune);
  const name = (await page.locator('section[aria-labelledby="se-ghi"] tbody th small').first().innerText()).trim();
  assert.equal((await open(`/nhan-su/${name}`)).status(), 200);
  await open(commune);
  await page.fill('#reason', 'nhầm tệp');
  await follow(page, page.locator('form[action$="/hoan-tac"] .btn'));
  assert.match(await page.locator('.kv-note.is-done').first().innerText(), /hoàn tác/i);
  assert.deepEqual(await faults(page), []);
  assert.equal((await open(`/nhan-su/${name}`)).status(), 404);
});

test('a file that is none is refused with a way out, and forgotten', async () => {
  await open('/nhap-lieu');
  await page.setInputFiles('#tep', { name: 'cong-van.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj') });
  await follow(page, page.locator('.kv-form .btn-primary'));
  await page.locator('[role="alert"]').waitFor();
  assert.match(await page.locator('[role="alert"]').innerText(), /PDF[\s\S]*\.xlsx/);
  await looks('refused');
  await follow(page, page.locator('form[action$="/bo"] .btn'));
  assert.match(await page.locator('.kv-note.is-done').first().innerText(), /bỏ tệp/);
});
