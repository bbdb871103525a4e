// An administrator's day: adding an account, roles, locking, a new password; people looking after their own account; the audit of it all.
// Not for: every refusal; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { openHouse, pathOf, said, wrong } from '../lib/house.mjs';
import { faults, follow, post } from '../lib/page.mjs';

const LOGIN = 'tran.thi-hoa';
const ACCOUNT = `/quan-tri/tai-khoan/${LOGIN}`;

/** The password of the account that the journey adds, as it changes. */
let password;
let page;
const { as, open, looks, visitor, url } = openHouse('accounts', async () => {
  page = await as('quan-tri');
  return page;
});

const button = (action, of = page) => of.locator(`form[action$="${action}"] button`);
/** Whether somebody can sign in; a page of its own each time. */
const enters = async (name, secret) => {
  const other = await visitor();
  await open('/dang-nhap', other);
  await other.fill('input[name="login"]', name);
  await other.fill('input[name="password"]', secret);
  await follow(other, other.locator('form', { has: other.locator('input[name="password"]') }).locator('[type="submit"]'));
  const inside = pathOf(other) !== '/dang-nhap';
  await other.context().close();
  return inside;
};

test('the list has one line an account, and is searched without marks', async () => {
  await looks('list', '/quan-tri', 'quan-tri');
  await open('/quan-tri');
  const logins = await page.locator('tbody td[data-label="Tên đăng nhập"]').allInnerTexts();
  assert.equal(new Set(logins).size, logins.length);
  await page.fill('#q', 'can bo to chuc');
  await follow(page, page.locator('form[action="/quan-tri"] button'));
  assert.deepEqual(await page.locator('tbody td[data-label="Tên đăng nhập"]').allInnerTexts(), ['to-chuc']);
  await open('/quan-tri?q=khong-co-ai');
  assert.match(await page.locator('main').innerText(), /Không có tài khoản nào khớp/);
  assert.deepEqual(await faults(page), []);
});

test('an account that cannot be is refused by field, and what was typed stays', async () => {
  await open('/quan-tri');
  await follow(page, page.locator('a[href="/quan-tri/moi"]'));
  await page.fill('#login', 'Tên Sai');
  await page.fill('#name', 'Trần Thị Hoà');
  await page.selectOption('#role', 'administrator');
  await page.fill('#unit', 'Sở Không Có');
  await page.fill('#official', 'QN0');
  assert.equal((await follow(page, button('/quan-tri/moi'))).status(), 422);
  assert.deepEqual(await wrong(page), ['#login', '#unit', '#unit', '#official']);
  for (const field of ['login', 'unit', 'official']) {
    assert.equal(await page.getAttribute(`#${field}`, 'aria-invalid'), 'true', field);
    assert.match(await page.getAttribute(`#${field}`, 'aria-describedby'), new RegExp(`^${field}-sai`), field);
    assert.ok(await page.locator(`#${field}-sai`).isVisible(), field);
  }
  assert.deepEqual(
    await Promise.all(['login', 'name', 'role', 'unit', 'official'].map((field) => page.inputValue(`#${field}`))),
    ['Tên Sai', 'Trần Thị Hoà', 'administrator', 'Sở Không Có', 'QN0'],
  );
  assert.deepEqual(await faults(page), []);
  await shot(page, 'accounts-refused');
  await looks('new', '/quan-tri/moi', 'quan-tri');
});

test('a new account gets a password that is shown once, and works', async () => {
  await open('/quan-tri/moi');
  await page.fill('#login', LOGIN);
  await page.fill('#name', 'Trần Thị Hoà');
  await page.selectOption('#role', 'unit_hr');
  await page.fill('#unit', 'Sở Tài chính');
  assert.equal((await follow(page, button('/quan-tri/moi'))).status(), 200);
  password = await page.locator('.kv-token').innerText();
  assert.match(password, /^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'accounts-secret');
  await follow(page, page.locator(`a.btn[href="${ACCOUNT}"]`));
  assert.match(await page.locator('[aria-labelledby="vai-tro"] tbody').innerText(), /Cán bộ tổ chức[\s\S]*Sở Tài chính/);
  assert.ok(!(await page.content()).includes(password));
  assert.ok(await enters(LOGIN, password));
});

test('a second role stands in the same line of the list, is not given twice, and is taken away', async () => {
  await open(ACCOUNT);
  await page.selectOption('#role', 'inspector');
  await follow(page, button('/vai-tro'));
  assert.match(await said(page), /Đã giao vai trò/);
  await page.selectOption('#role', 'inspector');
  assert.equal((await follow(page, button('/vai-tro'))).status(), 422);
  assert.deepEqual(await wrong(page), ['#role']);
  assert.equal(await page.inputValue('#role'), 'inspector');
  assert.deepEqual(await faults(page), []);
  // After a refusal the language can be changed, and the page is still there.
  assert.equal((await follow(page, page.locator('.kv-lang button[value="en"]'))).status(), 200);
  assert.equal(pathOf(page), ACCOUNT);
  await follow(page, page.locator('.kv-lang button[value="vi"]'));
  await looks('one', ACCOUNT, 'quan-tri');
  await open('/quan-tri?q=tran+thi+hoa');
  assert.equal(await page.locator('tbody tr').count(), 1);
  assert.equal(await page.locator('.kv-roles li').count(), 2);
  await open(ACCOUNT);
  await follow(page, page.locator('tr', { hasText: 'Thanh tra' }).locator('button'));
  assert.match(await said(page), /Đã thôi vai trò/);
  assert.equal(await page.locator('[aria-labelledby="vai-tro"] tbody tr').count(), 1);
});

test('people change their password and take back tokens; other sessions end', async () => {
  const own = await as(LOGIN, {}, password);
  const elsewhere = await as(LOGIN, {}, password);
  await open('/tai-khoan', own);
  await own.fill('#name', 'Báo cáo hằng tháng');
  await follow(own, button('/ma-truy-cap', own));
  const token = await own.locator('.kv-token').innerText();
  const asks = async () => (await fetch(`${url()}/api/v1/targets`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await asks(), 200);
  await open('/tai-khoan', own);
  const line = own.locator('tr', { hasText: 'Báo cáo hằng tháng' });
  assert.match(await line.innerText(), /22\/11\/2026/);
  await looks('own', '/tai-khoan', LOGIN, password);

  const change = async (old, fresh, again) => {
    await own.fill('#old', old);
    await own.fill('#new', fresh);
    await own.fill('#again', again);
    return follow(own, button('/mat-khau', own));
  };
  for (const [old, fresh, again, field] of [
    ['sai', 'mot cau that dai', 'mot cau that dai', '#old'],
    [password, 'ngan', 'ngan', '#new'],
    [password, 'mot cau that dai', 'mot cau khac', '#again'],
  ]) {
    assert.equal((await change(old, fresh, again)).status(), 422, field);
    assert.deepEqual(await wrong(own), [field]);
    assert.equal(await own.getAttribute(field, 'aria-invalid'), 'true');
    assert.deepEqual(await faults(own), []);
  }
  await shot(own, 'accounts-own-refused');
  await change(password, 'mot cau that dai', 'mot cau that dai');
  assert.match(await said(own), /Đã đổi mật khẩu/);
  assert.ok(!(await enters(LOGIN, password)));
  password = 'mot cau that dai';
  assert.ok(await enters(LOGIN, password));
  await open('/tai-khoan', elsewhere);
  assert.equal(pathOf(elsewhere), '/dang-nhap');
  await follow(own, line.locator('button'));
  assert.match(await said(own), /Đã thu hồi/);
  assert.equal(await asks(), 401);
  await follow(own, button('/phien-khac', own));
  assert.equal(await own.locator('[aria-labelledby="phien"] tbody tr').count(), 1);
  await own.context().close();
});

test('a locked account is out at once and cannot come in; a reason is asked', async () => {
  const victim = await as(LOGIN, {}, password);
  await open(ACCOUNT);
  assert.equal((await follow(page, button('/khoa'))).status(), 422);
  assert.deepEqual(await wrong(page), ['#reason']);
  assert.deepEqual(await faults(page), []);
  await page.fill('#reason', 'Chuyển công tác');
  await follow(page, button('/khoa'));
  assert.match(await said(page), /Đã khoá tài khoản/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'accounts-locked');
  await open('/', victim);
  assert.equal(pathOf(victim), '/dang-nhap');
  assert.ok(!(await enters(LOGIN, password)));
  await open('/quan-tri?trang-thai=da-khoa');
  assert.equal(await page.locator('tbody tr').count(), 1);
  await open(ACCOUNT);
  await page.fill('#reason', 'Trở lại');
  await follow(page, button('/mo-khoa'));
  assert.ok(await enters(LOGIN, password));
  await open(ACCOUNT);
  await page.locator('details', { has: page.locator('form[action$="/mat-khau"]') }).locator('summary').click();
  await follow(page, button('/mat-khau'));
  const fresh = await page.locator('.kv-token').innerText();
  assert.ok(!(await enters(LOGIN, password)));
  password = fresh;
  assert.ok(await enters(LOGIN, password));
});

test('the last administrator stays', async () => {
  await open('/quan-tri/tai-khoan/quan-tri');
  assert.equal(await page.locator('form[action$="/khoa"]').count(), 0);
  await follow(page, page.locator('[aria-labelledby="vai-tro"] tbody button'));
  assert.deepEqual(await wrong(page), ['#vai-tro']);
  assert.match(await page.locator('#loi').innerText(), /quản trị hệ thống cuối cùng/);
  assert.deepEqual(await faults(page), []);
  assert.equal((await post(page, '/quan-tri/tai-khoan/quan-tri/khoa', { reason: 'thử' })).status, 422);
  assert.equal((await post(page, '/quan-tri/tai-khoan/quan-tri/mat-khau', {})).status, 422);
});

test('the audit tells who did what, from what to what, and is narrowed', async () => {
  await looks('audit', '/nhat-ky', 'quan-tri');
  await open('/nhat-ky');
  await page.selectOption('#viec', 'account.lock');
  await follow(page, page.locator('main form button[type="submit"]'));
  assert.equal(await page.locator('tbody tr').count(), 1);
  const line = page.locator('tbody tr').first();
  await line.locator('summary').click();
  assert.match(await line.innerText(), /Khoá tài khoản[\s\S]*account\/tran\.thi-hoa[\s\S]*Chuyển công tác/);
  assert.match(await line.locator('del').innerText(), /Trạng thái: Đang dùng/);
  assert.match(await line.locator('ins').innerText(), /Trạng thái: Đã khoá/);
  assert.match(await line.locator('code').innerText(), /\S+/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'accounts-audit-line');
  await open(`/nhat-ky?tai-khoan=${LOGIN}&viec=account.password`);
  assert.equal(await page.locator('tbody tr').count(), 1);
  await open('/nhat-ky?tu-ngay=2026-11-23');
  assert.match(await page.locator('main').innerText(), /Không có dòng nào khớp/);
  await open('/nhat-ky?tu-ngay=rac');
  assert.match(await page.locator('main .kv-note').innerText(), /rac/);
  assert.equal(await page.inputValue('#tu-ngay'), 'rac');
  // Older lines are a page further; the two pages share none.
  for (let i = 0; i < 30; i += 1) await post(page, '/tai-khoan/phien-khac', {});
  await open('/nhat-ky');
  const ids = () => page.locator('tbody code').evaluateAll((codes) => codes.map((code) => code.textContent));
  const first = await ids();
  await follow(page, page.locator('a[rel="next"]'));
  const second = await ids();
  assert.ok(second.length > 0 && second.every((id) => !first.includes(id)));
  assert.ok(!(await page.content()).includes(password));
});

test('who may not manage accounts or read the audit meets a closed door', async () => {
  for (const [name, audit] of [['so-noi-vu', 403], ['thanh-tra', 200], ['to-chuc', 403]]) {
    const other = await as(name);
    assert.equal((await open('/quan-tri', other)).status(), 403, name);
    assert.equal((await open('/nhat-ky', other)).status(), audit, name);
    assert.equal(await other.locator('.kv-side a[href="/nhat-ky"]').count(), audit === 200 ? 1 : 0, name);
    assert.deepEqual(await faults(other), [], name);
    for (const [to, fields] of [
      ['/quan-tri/moi', { login: 'abc', name: 'x', role: 'learner', unit: '', official: '' }],
      [`${ACCOUNT}/khoa`, { reason: 'thử' }],
      [`${ACCOUNT}/mo-khoa`, { reason: 'thử' }],
      [`${ACCOUNT}/phien`, {}],
      [`${ACCOUNT}/mat-khau`, {}],
      [`${ACCOUNT}/vai-tro`, { role: 'administrator', unit: '' }],
      [`${ACCOUNT}/thoi-vai-tro`, { grant: '1' }],
    ]) {
      const answer = await post(other, to, fields);
      assert.equal(answer.status, 403, `${name} ${to}`);
      // Refused for want of a role, not for a form that has grown old.
      assert.match(answer.text, /Vai trò làm được việc này/, `${name} ${to}`);
    }
    await other.context().close();
  }
});
