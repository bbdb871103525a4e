// Who sees what: a role is tried from the sign-in page, each lands where it belongs, and a closed door says why.
// Not for: the whole matrix; the Rust tests walk every route with every role.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, axe, shot } from '../lib/browser.mjs';
import { openHouse } from '../lib/house.mjs';

const { as, open, visitor } = openHouse('roles');

test('a wrong password is explained, the name stays typed, and the page is accessible', async () => {
  const page = await visitor();
  await open('/dang-nhap', page);
  assert.deepEqual(await axe(page), []);
  await page.fill('input[name="login"]', 'so-noi-vu');
  await page.fill('input[name="password"]', 'sai');
  await page.locator('form', { has: page.locator('input[name="password"]') }).locator('[type="submit"]').click();
  await page.waitForLoadState();
  assert.equal(await page.inputValue('input[name="login"]'), 'so-noi-vu');
  assert.match(await page.locator('[role="alert"]').first().innerText(), /mật khẩu/i);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'sign-in-refused');
});

test('whoever is not signed in is asked to, and comes back to the page that was wanted', async () => {
  const page = await visitor();
  await open('/chi-tieu/T2.1', page);
  assert.match(page.url(), /\/dang-nhap\?next=/);
  await page.fill('input[name="login"]', 'lanh-dao');
  await page.fill('input[name="password"]', 'khuevan');
  await Promise.all([
    page.waitForURL(/T2\.1/),
    page.locator('form', { has: page.locator('input[name="password"]') }).locator('[type="submit"]').click(),
  ]);
});

test('a learner lands on the own record, on a phone, and a closed page says why', async () => {
  const page = await as('nguoi-hoc', PHONE);
  await open('/', page);
  await page.waitForURL(/\/ho-so/);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'learner-home');
  const closed = await open('/nhan-su', page);
  assert.equal(closed.status(), 403);
  assert.equal(await page.locator('h1').count(), 1);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'learner-forbidden');
});

test('an officer of one unit sees only the own people', async () => {
  const own = await as('to-chuc');
  await open('/nhan-su', own);
  const mine = await own.locator('tbody tr').count();
  assert.ok(mine > 0);
  const all = await as('so-noi-vu');
  await open('/nhan-su?don-vi=H99', all);
  const stranger = await all.locator('a[href^="/nhan-su/QN"]').first().getAttribute('href');
  const answer = await open(stranger, own);
  assert.ok([404, 200].includes(answer.status()));
  if (answer.status() === 200) assert.fail(`the officer of one unit may open ${stranger}`);
});

test('pages work without scripts', async () => {
  const page = await as('so-noi-vu', { javaScriptEnabled: false });
  await open('/', page);
  await page.locator('a[href^="/chi-tieu/T2.1"]').first().click();
  await page.waitForURL(/\/chi-tieu\/T2\.1/);
  await open('/tim?q=so+noi+vu', page);
  assert.ok((await page.locator('main a').count()) > 0);
});
