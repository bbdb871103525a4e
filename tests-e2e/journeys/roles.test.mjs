// Who sees what: a role is tried from the sign-in page, each lands where it belongs, and a closed door says why.
// Not for: the whole matrix; the Rust tests walk every route with every role.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, axe, login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer(['--today', '2026-11-22']);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const as = async (name, options = {}) => {
  const page = await newPage(browser, options);
  await login(page, { login: name, password: 'khuevan', url: server.url });
  return page;
};

test('a wrong password is explained, the name stays typed, and the page is accessible', async () => {
  const page = await newPage(browser);
  await page.goto(`${server.url}/dang-nhap`);
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
  const page = await newPage(browser);
  await page.goto(`${server.url}/chi-tieu/T2.1`);
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
  await page.goto(server.url);
  await page.waitForURL(/\/ho-so/);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'learner-home');
  const closed = await page.goto(`${server.url}/nhan-su`);
  assert.equal(closed.status(), 403);
  assert.equal(await page.locator('h1').count(), 1);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'learner-forbidden');
});

test('an officer of one unit sees only the own people', async () => {
  const own = await as('to-chuc');
  await own.goto(`${server.url}/nhan-su`);
  const mine = await own.locator('tbody tr').count();
  assert.ok(mine > 0);
  const all = await as('so-noi-vu');
  await all.goto(`${server.url}/nhan-su?don-vi=H99`);
  const stranger = await all.locator('a[href^="/nhan-su/QN"]').first().getAttribute('href');
  const answer = await own.goto(server.url + stranger);
  assert.ok([404, 200].includes(answer.status()));
  if (answer.status() === 200) assert.fail(`the officer of one unit may open ${stranger}`);
});

test('pages work without scripts', async () => {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await login(page, { login: 'so-noi-vu', password: 'khuevan', url: server.url });
  await page.goto(server.url);
  await page.locator('a[href^="/chi-tieu/T2.1"]').first().click();
  await page.waitForURL(/\/chi-tieu\/T2\.1/);
  await page.goto(`${server.url}/tim?q=so+noi+vu`);
  assert.ok((await page.locator('main a').count()) > 0);
});
