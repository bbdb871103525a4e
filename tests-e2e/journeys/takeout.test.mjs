// Files out and in again: a blank form that brings in nobody, and a unit's register that changes nothing when it comes back.
// Not for: every column; the tests of the act walk those.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { faults, follow } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';

/** The narrowest phone that pages are made for. */
const NARROW = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

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
/** Waits for the file that a click brings. */
const download = async (target) => {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), target.click({ noWaitAfter: true })]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};
/** Sends a file that tells of everybody in a unit and waits until it is compared. */
const send = async ({ name, bytes }, unit) => {
  await open('/nhap-lieu');
  await page.selectOption('#don-vi', unit);
  await page.check('input[value="everything"]');
  await page.setInputFiles('#tep', { name, mimeType: 'application/octet-stream', buffer: bytes });
  await follow(page, page.locator('.kv-form .btn-primary'));
  await page.locator('.kv-counts, .kv-note.is-warn[role="alert"]').first().waitFor({ timeout: 120_000 });
};
const count = async (name) => Number((await page.locator(`.kv-counts .is-${name} dd`).innerText()).replace(/\D/g, ''));
/** The page in both languages, wide and narrow, without a fault; pictures of each. */
const looks = async (path, name) => {
  for (const [form, options] of [['desktop', {}], ['phone', NARROW]]) {
    const other = await as('so-noi-vu', options);
    for (const lang of ['vi', 'en']) {
      await other.context().addCookies([{ name: 'lang', value: lang, url: server.url }]);
      assert.equal((await open(path, other)).status(), 200, path);
      assert.deepEqual(await faults(other), [], `${name}, ${form}, ${lang}`);
      assert.doesNotMatch(await other.locator('main').innerText(), /Unknown localization/, `${name}, ${form}, ${lang}`);
      await shot(other, `takeout-${name}-${form}-${lang}`);
    }
    await other.context().close();
  }
};

let unit;
test('a blank form is offered where files come in, and brings in nobody', async () => {
  await open('/nhap-lieu');
  unit = await page.locator('#don-vi option').evaluateAll((all) => all.find((o) => o.textContent.includes('Sở Nội vụ')).value);
  const form = await download(page.locator('a[href="/nhap-lieu/bieu-mau.xlsx"]'));
  assert.equal(form.name, 'mau-nhap-can-bo.xlsx');
  await looks('/nhap-lieu', 'form');
  await send(form, unit);
  for (const name of ['rows', 'new', 'changed', 'faulty']) assert.equal(await count(name), 0, name);
  assert.match(await page.locator('main').innerText(), /1 dòng ví dụ/);
  assert.deepEqual(await faults(page), []);
});

test("a unit's register is taken along for a purpose, and brought back it changes nothing", async () => {
  await open(`/don-vi/${unit}`);
  const path = `/don-vi/${unit}/so-dang-ky`;
  await follow(page, page.locator(`a[href="${path}"]`));
  await looks(path, 'register');
  await page.evaluate(() => document.querySelector('#purpose').removeAttribute('required'));
  const refused = await follow(page, page.locator('.kv-form .btn-primary'));
  assert.equal(refused.status(), 422);
  assert.deepEqual(await faults(page), []);
  for (const shape of ['xlsx', 'csv']) {
    await open(path);
    await page.selectOption('#shape', shape);
    await page.fill('#purpose', 'rà soát cuối năm');
    await page.check('#masked');
    const register = await download(page.locator('.kv-form .btn-primary'));
    assert.match(register.name, new RegExp(`^so-dang-ky-.*\\.${shape}$`));
    await send(register, unit);
    const rows = await count('rows');
    assert.ok(rows > 10, `${rows} rows`);
    assert.equal(await count('same'), rows, shape);
    for (const name of ['new', 'changed', 'faulty', 'absent']) assert.equal(await count(name), 0, `${shape}: ${name}`);
  }
});

test('the download stands in the audit, and nobody else is offered it', async () => {
  const inspector = await as('thanh-tra');
  await open('/nhat-ky?viec=people.export', inspector);
  assert.match(await inspector.locator('main').innerText(), /rà soát cuối năm/);
  await open(`/don-vi/${unit}`, inspector);
  assert.equal(await inspector.locator('a[href$="/so-dang-ky"]').count(), 0);
  assert.equal((await open(`/don-vi/${unit}/so-dang-ky`, inspector)).status(), 403);
  await inspector.context().close();
});
