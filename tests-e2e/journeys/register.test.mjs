// Keeping the register: a new official with mistakes mended, a move, a certificate, a line struck out, what is masked, the history.
// Not for: every refusal; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const RECORD = '/nhan-su/TM.2026.01';
/** A picture of one point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

let page;
const { as, open, looks, url } = openHouse('register', async () => {
  page = await as('so-noi-vu');
  return page;
});


test('a new official: every mistake is named at its field, what was typed stays, and the mended form is taken', async () => {
  await open('/nhan-su');
  await follow(page, page.locator('a[href="/nhan-su/moi"]'));
  await fill(page, { code: 'TM 2026', name: 'Hồ Thị Bình', birth_on: '31/02/1985', unit: 'Sở Y tế', post: 'Chuyên viên', from: '01/09/2026', reason: 'Tuyển dụng' });
  await submit(page);
  assert.deepEqual(await wrong(page), ['#birth_on']);
  assert.equal(await page.inputValue('#name'), 'Hồ Thị Bình');
  assert.deepEqual(await faults(page), []);
  await shot(page, 'register-new-mistakes');
  await fill(page, { birth_on: '31/03/1985', citizen_number: '0491850012' });
  await submit(page);
  assert.deepEqual((await wrong(page)).sort(), ['#citizen_number', '#code']);
  await fill(page, { code: 'TM.2026.01', citizen_number: '049185001234' });
  await page.selectOption('#ethnicity', '26');
  await page.selectOption('#staff', 'cong_chuc');
  await submit(page);
  assert.equal(pathOf(page), RECORD);
  assert.match(await said(page), /Đã thêm cán bộ/);
  assert.match(await page.locator('main').innerText(), /Sở Y tế[\s\S]*Cơ-tu/);
  await open('/nhan-su?q=ho thi binh');
  assert.equal(await page.locator(`a[href="${RECORD}"]`).count(), 1);
});

test('a move ends the post before it; a certificate is added and struck out; the history tells all', async () => {
  await open(`${RECORD}/chuyen`);
  assert.match(await page.inputValue('#unit'), /Sở Y tế/);
  await fill(page, { unit: 'Sở Tài chính', post: 'Phó giám đốc', from: '01/11/2026', decision: '77/QĐ-UBND', reason: 'Điều động' });
  await page.selectOption('#leadership', 'department_deputy');
  await submit(page);
  assert.match(await said(page), /Đã ghi vị trí mới/);
  const career = await page.locator('section[aria-labelledby="cong-tac"]').innerText();
  assert.match(career, /từ 01\/11\/2026[\s\S]*Sở Tài chính[\s\S]*77\/QĐ-UBND[\s\S]*01\/09\/2026 – 31\/10\/2026[\s\S]*Sở Y tế/);

  await open(`${RECORD}/van-bang`);
  await page.selectOption('#kind', 'political_theory');
  await page.selectOption('#level', 'b1');
  await fill(page, { granted: '20/05/2020', issuer: 'Trường Chính trị', number: 'A 123', reason: 'Bổ sung' });
  await submit(page);
  assert.deepEqual(await wrong(page), ['#level']);
  await page.selectOption('#level', 'cao_cap');
  await submit(page);
  assert.match(await page.locator('section[aria-labelledby="trinh-do"]').innerText(), /Cao cấp[\s\S]*A 123/);
  await follow(page, page.locator('section[aria-labelledby="trinh-do"] a[href*="/go-dong/"]'));
  await fill(page, { reason: 'Nhập nhầm người' });
  await submit(page);
  assert.doesNotMatch(await page.locator('main').innerText(), /A 123/);

  await open(`${RECORD}/lich-su`);
  const told = await page.locator('.kv-history > li > strong').allInnerTexts();
  assert.deepEqual(told, ['Gỡ văn bằng, chứng chỉ', 'Thêm văn bằng, chứng chỉ', 'Thêm vị trí công tác', 'Sửa vị trí công tác', 'Thêm vị trí công tác', 'Thêm thông tin cá nhân']);
  assert.match(await page.locator('.kv-history > li').first().innerText(), /Nhập nhầm người[\s\S]*A 123/);
  assert.doesNotMatch(await page.locator('main').innerText(), /049185001234/);
});

test('what is masked is shown for a purpose only, and the audit knows', async () => {
  await open(RECORD);
  assert.doesNotMatch(await page.locator('main').innerText(), /049185001234/);
  await open(`${RECORD}/xem`);
  await fill(page, { purpose: 'Đối chiếu quyết định' });
  await submit(page);
  assert.match(await page.locator('main').innerText(), /049185001234/);
  const inspector = await as('thanh-tra');
  await open('/nhat-ky', inspector);
  assert.match(await inspector.locator('main').innerText(), /Xem thông tin được che[\s\S]*Đối chiếu quyết định/);
  assert.equal((await open(`${RECORD}/xem`, inspector)).status(), 403);
  assert.equal((await open(`${RECORD}/sua`, inspector)).status(), 403);
  await inspector.context().close();
});

test('two people change one identity: the second is told and loses nothing that was typed', async () => {
  const other = await as('so-noi-vu');
  await open(`${RECORD}/sua`);
  await open(`${RECORD}/sua`, other);
  await fill(page, { name: 'Hồ Thị Thanh Bình', reason: 'Đổi tên' });
  await submit(page);
  assert.match(await said(page), /Đã sửa hồ sơ/);
  await fill(other, { other_names: 'Bình Minh', reason: 'Bổ sung' });
  await submit(other);
  assert.match(await other.locator('#loi').innerText(), /Có người vừa sửa/);
  assert.equal(await other.inputValue('#other_names'), 'Bình Minh');
  await other.context().close();
});

test('a promise too short for the law is refused with its article; a scan proves it, opens, goes with its line and comes back', async () => {
  await open(RECORD);
  await page.locator('.kv-keep summary').click();
  await follow(page, page.locator(`a[href="${RECORD}/cam-ket"]`));
  await fill(page, { study: 'Thạc sĩ Quản lý công', sent: '01/09/2026', study_months: '24', months: '48', from: '01/10/2028', reason: 'Bản cam kết' });
  await submit(page);
  assert.deepEqual(await wrong(page), ['#months']);
  assert.match(await page.locator('#loi').innerText(), /72 tháng[\s\S]*171\/2025/);
  await fill(page, { months: '72' });
  await submit(page);
  assert.match(await said(page), /Đã ghi cam kết phục vụ/);
  assert.match(await page.locator('main').innerText(), /Thạc sĩ Quản lý công[\s\S]*chưa bắt đầu/i);
  await follow(page, page.locator(`a[href^="${RECORD}/kem-ban-quet/commitment/"]`));
  await page.setInputFiles('#tep', { name: 'bản cam kết.txt', mimeType: 'text/plain', buffer: Buffer.from('không phải bản quét') });
  await fill(page, { reason: 'Bản ký' });
  await submit(page);
  assert.deepEqual(await wrong(page), ['#tep']);
  assert.equal(await page.inputValue('#reason'), 'Bản ký');
  assert.deepEqual(await faults(page), []);
  await shot(page, 'register-scan-mistake');
  await page.setInputFiles('#tep', { name: 'bản cam kết.png', mimeType: 'image/png', buffer: PICTURE });
  await submit(page);
  assert.match(await said(page), /Đã kèm bản quét/);
  const scan = page.locator(`a[href^="${RECORD}/ban-quet/"]`);
  assert.equal(await scan.innerText(), 'bản cam kết.png');
  const answer = await page.request.get(url() + (await scan.getAttribute('href')));
  assert.equal(answer.headers()['content-type'], 'image/png');
  assert.deepEqual(await answer.body(), PICTURE);
  const inspector = await as('thanh-tra');
  assert.equal((await open(await scan.getAttribute('href'), inspector)).status(), 403);
  await open(RECORD, inspector);
  assert.equal(await inspector.locator(`a[href^="${RECORD}/ban-quet/"]`).count(), 0);
  await inspector.context().close();
  await follow(page, page.locator(`a[href^="${RECORD}/go-dong/commitment/"]`));
  await fill(page, { reason: 'Ghi nhầm người' });
  await submit(page);
  assert.equal(await scan.count(), 0);
  await open(`${RECORD}/lich-su`);
  assert.match(await page.locator('main').innerText(), /cam kết phục vụ/);
  await follow(page, page.locator(`a[href^="${RECORD}/hoan-tac/"]`).first());
  await fill(page, { reason: 'Đúng người' });
  await submit(page);
  await open(RECORD);
  assert.equal(await scan.count(), 1);
});

test('every form looks right in both languages, wide and narrow', async () => {
  for (const [name, address] of [
    ['record', RECORD],
    ['new', '/nhan-su/moi'],
    ['amend', `${RECORD}/sua`],
    ['move', `${RECORD}/chuyen`],
    ['leave', `${RECORD}/nghi`],
    ['training', `${RECORD}/qua-trinh-hoc`],
    ['planned', `${RECORD}/quy-hoach`],
    ['promise', `${RECORD}/cam-ket`],
    ['history', `${RECORD}/lich-su`],
  ]) await looks(name, address);
});
