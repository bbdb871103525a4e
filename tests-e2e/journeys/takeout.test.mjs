// Files out and in again: a blank form that brings in nobody, and a unit's register that changes nothing when it comes back.
// Not for: every column; the tests of the act walk those.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { openHouse, submit } from '../lib/house.mjs';
import { count, offered, send } from '../lib/intake.mjs';
import { faults, follow } from '../lib/page.mjs';

let page;
const { as, open, looks } = openHouse('takeout', async () => {
  page = await as('so-noi-vu');
  return page;
});

/** Waits for the file that a click brings. */
const download = async (target) => {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), target.click({ noWaitAfter: true })]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};
/** Sends a file that tells of everybody in the unit. */
const sendAll = async (file) => {
  await open('/nhap-lieu');
  await send(page, file, { unit, everything: true });
};

let unit;
test('a blank form is offered where files come in, and brings in nobody', async () => {
  await open('/nhap-lieu');
  unit = await offered(page, 'Sở Nội vụ');
  const form = await download(page.locator('a[href="/nhap-lieu/bieu-mau.xlsx"]'));
  assert.equal(form.name, 'mau-nhap-can-bo.xlsx');
  await looks('form', '/nhap-lieu');
  await sendAll(form);
  for (const name of ['rows', 'new', 'changed', 'faulty']) assert.equal(await count(page, name), 0, name);
  assert.match(await page.locator('main').innerText(), /1 dòng ví dụ/);
  assert.deepEqual(await faults(page), []);
});

test("a unit's register is taken along for a purpose, and brought back it changes nothing", async () => {
  await open(`/don-vi/${unit}`);
  const path = `/don-vi/${unit}/so-dang-ky`;
  await follow(page, page.locator(`a[href="${path}"]`));
  await looks('register', path);
  await page.evaluate(() => document.querySelector('#purpose').removeAttribute('required'));
  const refused = await submit(page);
  assert.equal(refused.status(), 422);
  assert.deepEqual(await faults(page), []);
  for (const shape of ['xlsx', 'csv']) {
    await open(path);
    await page.selectOption('#shape', shape);
    await page.fill('#purpose', 'rà soát cuối năm');
    await page.check('#masked');
    const register = await download(page.locator('.kv-form .btn-primary'));
    assert.match(register.name, new RegExp(`^so-dang-ky-.*\\.${shape}$`));
    await sendAll(register);
    const rows = await count(page, 'rows');
    assert.ok(rows > 10, `${rows} rows`);
    assert.equal(await count(page, 'same'), rows, shape);
    for (const name of ['new', 'changed', 'faulty', 'absent']) assert.equal(await count(page, name), 0, `${shape}: ${name}`);
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
