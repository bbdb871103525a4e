// Lists of officials: the filter with its counts, chips, columns, saved lists, files, what is sensitive, and the own file.
// Not for: which people a filter keeps; that is compared with a count by brute force.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { NARROW, openHouse, said, submit, wrong } from '../lib/house.mjs';
import { follow } from '../lib/page.mjs';

let page;
const { as, open, looks } = openHouse('lists', async () => {
  page = await as('so-noi-vu');
  return page;
});

const number = (text) => Number(text.replace(/\D/g, ''));
const chips = (of = page) => of.locator('.kv-chips li').evaluateAll((all) => all.map((li) => li.firstChild.textContent.trim()));
const heads = (of = page) => of.locator('main table thead th').allInnerTexts();
/** A file of the page's own link, as text. */
const taken = async (name, by = page) => {
  const [file] = await Promise.all([by.waitForEvent('download'), by.locator(`main a[download]:has-text("${name}")`).click()]);
  return (await readFile(await file.path())).toString('utf8');
};

test('the panel opens with counts, and a choice keeps as many people as its count says', async () => {
  await open('/nhan-su');
  await page.locator('details.kv-list-panel > summary').click();
  const choice = page.locator('#bo-loc label', { hasText: 'Phó trưởng sở' }).first();
  const group = page.locator('#bo-loc details', { has: page.locator('input[name="chuc-vu"]') });
  await group.locator('summary').click();
  const count = number(await choice.locator('.kv-count').innerText());
  assert.ok(count > 5 && count < 200, `${count}`);
  await choice.locator('input').check();
  await follow(page, page.locator('#bo-loc .btn-primary'));
  assert.match(page.url(), /chuc-vu=department_deputy/);
  assert.deepEqual(await chips(), ['Phó trưởng sở, ban, ngành']);
  assert.equal((await taken('CSV')).trim().split('\r\n').length - 1, count);
});

test('typing finds by name, code and unit without marks, and without loading the page anew', async () => {
  await open('/nhan-su');
  await page.evaluate(() => (window.same = true));
  await page.locator('#q').pressSequentially('nguyen so y te', { delay: 20 });
  await page.waitForURL(/q=nguyen/);
  await page.waitForURL(/q=nguyen\+so\+y\+te/);
  const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
  const rows = await page.locator('#danh-sach tbody tr').allInnerTexts();
  assert.ok(rows.every((row) => ['nguyen', 'so', 'y', 'te'].every((word) => folded(row).includes(word))), rows.join());
  assert.ok(await page.evaluate(() => window.same && document.activeElement.id === 'q'));
  assert.ok((await page.locator('#danh-sach tbody tr').count()) > 0);
});

test('chips are taken away one by one; an empty list says so', async () => {
  await open('/nhan-su?loai=can_bo&chuc-vu=public_unit_head&co=professional.doctor&gioi=nu');
  assert.equal((await chips()).length, 4);
  assert.match(await page.locator('main').innerText(), /Không có ai khớp bộ lọc/);
  for (let left = 3; left >= 0; left -= 1) {
    await follow(page, page.locator('.kv-chips a').first());
    assert.equal((await chips()).length, left);
  }
  assert.equal(new URL(page.url()).search, '');
});

test('columns are chosen with their order, remembered, and are those of the file', async () => {
  await open('/nhan-su?loai=cong_chuc');
  await follow(page, page.locator('.kv-list-acts a[href*="/cot"]'));
  for (const code of ['vi-tri', 'loai', 'ma']) await page.uncheck(`#cot-${code}`);
  for (const [code, place] of [['llct', 1], ['tuoi', 2], ['don-vi', 3]]) {
    await page.check(`#cot-${code}`);
    await page.fill(`#thu-tu-${code}`, String(place));
  }
  await submit(page);
  assert.match(page.url(), /loai=cong_chuc/);
  const expected = ['Họ và tên', 'Lý luận chính trị', 'Tuổi', 'Cơ quan, đơn vị'];
  assert.deepEqual(await heads(), expected);
  assert.equal((await taken('CSV')).split('\r\n')[0].replace('\ufeff', ''), '"Họ và tên",Lý luận chính trị,Tuổi,"Cơ quan, đơn vị"'.replace('"Họ và tên"', 'Họ và tên'));
  const again = await as('so-noi-vu');
  await open('/nhan-su', again);
  assert.deepEqual(await heads(again), expected);
  await again.context().close();
});

test('a list is saved under a name and shared, renamed and removed', async () => {
  await open('/nhan-su?thieu=political_theory.cao_cap&lanh-dao=1');
  await follow(page, page.locator('.kv-list-acts a[href*="/khung-nhin"]'));
  await page.fill('#name', 'Lãnh đạo chưa có cao cấp');
  await page.check('input[name="shared"]');
  await submit(page);
  assert.match(await said(page), /Đã lưu danh sách/);
  await page.fill('#name', 'Lãnh đạo chưa có cao cấp');
  await submit(page);
  assert.deepEqual(await wrong(page), ['#name']);

  const leader = await as('lanh-dao');
  await open('/nhan-su/khung-nhin', leader);
  await follow(leader, leader.locator('#chung ~ ul a', { hasText: 'Lãnh đạo chưa có cao cấp' }));
  assert.deepEqual(await chips(leader), ['Chỉ lãnh đạo, quản lý', 'Lý luận chính trị: chưa đến cao cấp']);
  assert.doesNotMatch((await heads(leader)).join(), /Tuổi/, 'ages are not for a leader');
  await leader.context().close();

  await open('/nhan-su/khung-nhin');
  await page.locator('.kv-views summary').first().click();
  await page.locator('.kv-views input[name="name"]').first().fill('Thiếu cao cấp');
  await follow(page, page.locator('.kv-views form[action$="/ten"] button').first());
  await page.locator('.kv-views summary').first().click();
  assert.match(await page.locator('.kv-views').innerText(), /Thiếu cao cấp/);
  await follow(page, page.locator('.kv-views form[action$="/xoa"] button').first());
  assert.match(await page.locator('main').innerText(), /Bạn chưa lưu danh sách nào/);
});

test('what is sensitive asks for a purpose, and the audit knows', async () => {
  await open('/nhan-su?dan-toc=26');
  assert.equal(await page.locator('main table').count(), 0);
  await page.fill('#muc-dich', 'Báo cáo cán bộ người dân tộc thiểu số');
  await follow(page, page.locator('.kv-purpose .btn-primary'));
  assert.ok((await page.locator('main tbody tr').count()) > 0);
  const inspector = await as('thanh-tra');
  await open('/nhat-ky', inspector);
  assert.match(await inspector.locator('main').innerText(), /Xem danh sách có dữ liệu nhạy cảm[\s\S]*Báo cáo cán bộ người dân tộc/);
  await open('/nhan-su?dan-toc=26&tuoi-tu=50', inspector);
  assert.deepEqual(await chips(inspector), []);
  assert.match(await inspector.locator('.kv-note.is-warn').innerText(), /chỉ dành cho/);
  await inspector.context().close();
});

test('a learner takes the own file', async () => {
  const learner = await as('nguoi-hoc', NARROW);
  await open('/ho-so', learner);
  const text = await taken('Tải hồ sơ của tôi', learner);
  assert.match(text, /^PK[\s\S]*ho-so\.html[\s\S]*<h1>Hồ sơ cá nhân<\/h1>[\s\S]*ho-so\.json[\s\S]*"postings"[\s\S]*ho-so\.xlsx/);
  await learner.context().close();
});

test('everything works without scripts', async () => {
  const plain = await as('so-noi-vu', { javaScriptEnabled: false });
  await open('/nhan-su', plain);
  await plain.locator('details.kv-list-panel > summary').click();
  await follow(plain, plain.locator('#bo-loc a'));
  await plain.locator('input[name="gioi"][value="nu"]').check();
  await follow(plain, plain.locator('.kv-filters .btn-primary'));
  assert.deepEqual(await chips(plain), ['Nữ']);
  await plain.context().close();
});

test('every page looks right in both languages, wide and narrow', async () => {
  for (const [name, account, address] of [
    ['list', 'so-noi-vu', '/nhan-su?loai=cong_chuc&thieu=political_theory.cao_cap&tuoi-tu=40&cot=vi-tri,don-vi,trinh-do,llct,qlnn,tuoi,hoc-gan-nhat,ngach'],
    ['panel', 'so-noi-vu', '/nhan-su/bo-loc?loai=cong_chuc&hoc=chua&hoc-tu=2026-01-01'],
    ['purpose', 'so-noi-vu', '/nhan-su?dan-toc=26'],
    ['columns', 'so-noi-vu', '/nhan-su/cot'],
    ['views', 'so-noi-vu', '/nhan-su/khung-nhin?loai=cong_chuc'],
    ['retention', 'quan-tri', '/quan-tri/luu-giu'],
  ]) await looks(name, address, account);
});
