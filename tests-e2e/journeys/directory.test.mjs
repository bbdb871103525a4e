// The directory of the province: an administrator makes its token, it sends people and groups, he binds a group to a role, a member
// signs in and sees the unit, leaves the group and sees it no more.
// Not for: every refusal; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { faults, follow } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';

/** The narrowest phone that pages are made for. */
const NARROW = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const LOGIN = 'hoa.dt@tinh.vn';

let server;
let browser;
/** The administrator. */
let page;
let token;
let hoa;
let group;
before(async () => {
  server = await startServer(['--today', '2026-11-22']);
  browser = await openBrowser();
  page = await as('quan-tri');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const as = async (name, options = {}, secret = 'khuevan') => {
  const opened = await newPage(browser, options);
  await login(opened, { login: name, password: secret, url: server.url });
  return opened;
};
const open = (path, by = page) => by.goto(server.url + path);
const said = (of = page) => of.locator('.kv-note.is-done').first().innerText();
const wrong = (of = page) => of.locator('#loi a').evaluateAll((links) => links.map((a) => a.hash));
/** As the directory; gives status and what was answered. */
const scim = async (method, path, body) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  const answer = await fetch(`${server.url}/scim/v2/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
};
const members = (op, value) => scim('PATCH', `Groups/${group}`, { schemas: [PATCH], Operations: [{ op, path: 'members', value }] });
/** In both languages, wide and on the narrowest phone, without a fault; pictures of each. */
const looks = async (name, address) => {
  for (const [form, options] of [['desktop', {}], ['phone', NARROW]]) {
    const other = await as('quan-tri', options);
    for (const lang of ['vi', 'en']) {
      await other.context().addCookies([{ name: 'lang', value: lang, url: server.url }]);
      await open(address, other);
      assert.deepEqual(await faults(other), [], `${name}, ${form}, ${lang}`);
      assert.doesNotMatch(await other.locator('main').innerText(), /Unknown localization/, `${name}, ${form}, ${lang}`);
      await shot(other, `directory-${name}-${form}-${lang}`);
    }
    await other.context().close();
  }
};

test('an administrator makes the token of the directory, and only an administrator is offered one', async () => {
  await looks('none', '/quan-tri/nhom');
  const officer = await as('so-noi-vu');
  await open('/tai-khoan', officer);
  assert.deepEqual(await officer.locator('#rights option').evaluateAll((o) => o.map((one) => one.value)), ['read', 'write']);
  await officer.context().close();
  await open('/tai-khoan');
  await page.fill('#name', 'Thư mục của tỉnh');
  await page.selectOption('#rights', 'directory');
  await follow(page, page.locator('form[action="/tai-khoan/ma-truy-cap"] button'));
  token = (await page.locator('code.kv-token').innerText()).trim();
  assert.match(token, /^kv_/);
  const other = await fetch(`${server.url}/api/v1/units`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(other.status, 401);
});

test('the directory sends a person and a group, which gives nothing yet', async () => {
  const person = { schemas: [USER], userName: LOGIN, displayName: 'Đặng Thị Hoa', emails: [{ value: LOGIN, type: 'work' }] };
  const added = await scim('POST', 'Users', person);
  assert.equal(added.status, 201);
  hoa = added.body.id;
  const team = await scim('POST', 'Groups', { schemas: [GROUP], displayName: 'Tổ chức cán bộ', members: [{ value: hoa }] });
  assert.equal(team.status, 201);
  group = team.body.id;
  await open('/quan-tri/nhom');
  const line = page.locator('tbody tr', { hasText: 'Tổ chức cán bộ' });
  assert.match(await line.innerText(), /chưa gắn/);
  assert.equal((await line.locator('td.num').innerText()).trim(), '1');
  await looks('list', '/quan-tri/nhom');
});

test('a group is bound to a role at a unit, after what is wrong was told by field', async () => {
  await open('/quan-tri/nhom');
  await follow(page, page.locator('tbody a', { hasText: 'Tổ chức cán bộ' }));
  assert.match(await page.locator('main').innerText(), /Đặng Thị Hoa/);
  await page.selectOption('#role', 'administrator');
  await page.fill('#unit', 'Sở Nội vụ');
  await follow(page, page.locator('form[action$="/gan"] button'));
  assert.deepEqual(await wrong(), ['#unit']);
  assert.equal(await page.inputValue('#unit'), 'Sở Nội vụ');
  assert.deepEqual(await faults(page), []);
  await page.selectOption('#role', 'unit_hr');
  await follow(page, page.locator('form[action$="/gan"] button'));
  assert.match(await said(), /gắn vai trò/);
  assert.match(await page.locator('.kv-lead').first().innerText(), /Cán bộ tổ chức · Sở Nội vụ/);
  await looks('group', new URL(page.url()).pathname);
});

test('a member signs in with a password that an administrator set, sees the unit, and leaves it with the group', async () => {
  await open(`/quan-tri/tai-khoan/${LOGIN}`);
  assert.match(await page.locator('main').innerText(), /qua nhóm Tổ chức cán bộ/);
  assert.equal(await page.locator('form[action$="/thoi-vai-tro"]').count(), 0);
  assert.deepEqual(await faults(page), []);
  await page.locator('summary', { hasText: 'Đặt lại mật khẩu' }).click();
  await follow(page, page.locator('form[action$="/mat-khau"] button'));
  const password = (await page.locator('main code').first().innerText()).trim();
  const member = await as(LOGIN, {}, password);
  await open('/nhan-su', member);
  assert.match(await member.locator('main').innerText(), /Sở Nội vụ/);
  assert.equal((await members('remove', [{ value: hoa }])).status, 200);
  assert.equal((await open('/nhan-su', member)).status(), 403);
  // Coming back gives it back; being switched off ends the session at once.
  assert.equal((await members('add', [{ value: hoa }])).status, 200);
  assert.equal((await open('/nhan-su', member)).status(), 200);
  const off = await scim('PATCH', `Users/${hoa}`, { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] });
  assert.equal(off.body.active, false);
  await open('/nhan-su', member);
  assert.equal(new URL(member.url()).pathname, '/dang-nhap');
  await open(`/quan-tri/tai-khoan/${LOGIN}`);
  assert.match(await page.locator('.kv-lead').first().innerText(), /Thư mục đã tắt/);
  await looks('off', `/quan-tri/tai-khoan/${LOGIN}`);
});

test('the directory cannot touch an administrator, and the audit tells that it tried', async () => {
  const found = await scim('GET', `Users?filter=${encodeURIComponent('userName eq "quan-tri"')}`);
  const refused = await scim('DELETE', `Users/${found.body.Resources[0].id}`);
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /^administrator:/);
  await open('/nhat-ky?viec=directory.refuse');
  assert.match(await page.locator('main').innerText(), /Từ chối thư mục/);
  await open('/nhat-ky');
  assert.match(await page.locator('main').innerText(), /Thư mục sửa nhóm/);
  assert.deepEqual(await faults(page), []);
});

test('a group is unbound and removed', async () => {
  await open(`/quan-tri/nhom/${group.slice(1)}`);
  await page.locator('summary', { hasText: 'Gỡ vai trò' }).click();
  await follow(page, page.locator('form[action$="/go"] button'));
  assert.match(await said(), /gỡ vai trò/);
  await page.locator('summary', { hasText: 'Xoá nhóm' }).click();
  await follow(page, page.locator('form[action$="/xoa"] button'));
  assert.equal(new URL(page.url()).pathname, '/quan-tri/nhom');
  assert.match(await said(), /xoá nhóm/);
  assert.equal((await scim('GET', `Groups/${group}`)).status, 404);
});
