// A submission goes to Home Affairs and Finance, comes back once, goes on, is signed by a deputy (KT.), numbered, issued, and found in the register;
// a signer without a mandate is refused.
// Not for: every rule of moving, signing and numbering; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NARROW, fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { follow } from '../lib/page.mjs';

let officer;
let finance;
let leader;
let home;
const { as, open, speak, whole: wholeIn, looks } = openHouse('papers', async () => {
  home = await as('so-noi-vu');
  officer = await as('to-chuc', NARROW);
  finance = await as('tai-chinh');
  leader = await as('lanh-dao');
  return home;
});

/** The page that somebody stands on, whole in both languages. */
const whole = async (of, name) => {
  for (const lang of ['en', 'vi']) {
    await speak(of, lang);
    await of.reload();
    await wholeIn(of, name, lang);
  }
};
const press = (page, act) => follow(page, page.locator(`button[name="act"][value="${act}"]`));

let paper;
test('an officer writes a submission on a phone and sends it', async () => {
  await open('/van-ban/moi', officer);
  await whole(officer, 'write');
  await officer.locator('form.kv-form').evaluate((form) => { form.noValidate = true; });
  await fill(officer, { title: 'Xin mở lớp bồi dưỡng chuyển đổi số' });
  await submit(officer);
  assert.deepEqual(await wrong(officer), ['#title']);
  assert.equal(await officer.inputValue('#title'), 'Xin mở lớp bồi dưỡng chuyển đổi số');
  await fill(officer, { words: 'Kính trình Ủy ban nhân dân tỉnh cho mở lớp.' });
  await submit(officer);
  assert.match(await said(officer), /Đã gửi/);
  paper = pathOf(officer);
  await whole(officer, 'sent');
});

test('Home Affairs sends it to Finance, which returns it once', async () => {
  await open('/', home);
  assert.equal(await home.locator('.kv-side a[href="/van-ban"] .kv-badge').innerText(), '1');
  await open('/van-ban', home);
  await whole(home, 'inbox');
  await follow(home, home.locator(`a[href="${paper}"]`));
  await press(home, 'forward');
  await open(paper, finance);
  await press(finance, 'return:gather');
  assert.deepEqual(await wrong(finance), ['#words']);
  await finance.fill('#words', 'Chưa có dự toán');
  await press(finance, 'return:gather');
  assert.match(await said(finance), /Đã ghi/);
  await open(paper, home);
  await home.fill('#words', 'Đã bổ sung dự toán');
  await press(home, 'forward');
  await open(paper, finance);
  await finance.fill('#words', 'Có nguồn kinh phí');
  await press(finance, 'opine:agree');
  await open(paper, home);
  await press(home, 'forward');
});

test('who has no mandate cannot sign; with KT. the leader does', async () => {
  await open('/van-ban/uy-quyen', home);
  await whole(home, 'mandates');
  await follow(home, home.locator('form[action*="/thoi"] button').last());
  await open(paper, leader);
  await press(leader, 'sign');
  assert.match(await leader.locator('#loi').innerText(), /Điều 13 Nghị định 30\/2020/);
  await open('/van-ban/uy-quyen/moi', home);
  await home.selectOption('#body', 'ubnd-tinh');
  await home.selectOption('#signer', 'lanh-dao');
  await home.selectOption('#sign', 'kt');
  await home.selectOption('#standing', 'unit_head');
  await fill(home, { post: 'PHÓ CHỦ TỊCH', from: '01/11/2026' });
  await submit(home);
  assert.deepEqual(await wrong(home), ['#standing']);
  await home.selectOption('#standing', 'deputy');
  await submit(home);
  await open(paper, leader);
  await whole(leader, 'sign');
  await press(leader, 'sign');
  assert.match(await leader.locator('main').innerText(), /TM\. ỦY BAN NHÂN DÂN \/ KT\. CHỦ TỊCH \/ PHÓ CHỦ TỊCH/);
});

test('it gets its number, goes out, and is found in the register', async () => {
  await open(paper, home);
  await press(home, 'number');
  await press(home, 'issue');
  assert.match(await home.locator('main').innerText(), /01\/TTr-UBND/);
  await whole(home, 'issued');
  await open('/so-van-ban/ubnd-ttr?q=chuyen+doi+so', home);
  await whole(home, 'register');
  await follow(home, home.locator(`a[href="${paper}"]`));
  assert.equal(pathOf(home), paper);
});

test('procedures and registers are whole on every screen', async () => {
  await looks('procedure', '/quy-trinh/to-trinh');
  await looks('procedure-edit', '/quy-trinh/to-trinh/sua');
  await looks('registers', '/so-van-ban');
  await looks('templates', '/van-ban/mau');
  await looks('template-new', '/van-ban/mau/moi');
});
