// The life of a scheme in the hands of officers: draft, text with a mistake, one target as a form, two at once, publishing, a new
// document, retiring. Each test goes on where the one before it stopped.
// Not for: every mistake of a document or every change of state; the Rust tests know them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow, post } from '../lib/page.mjs';

const SCHEME = '/de-an/quang-nam-2024';
const DRAFT = `${SCHEME}/ban/2`;
const NEW = '/de-an/de-an-moi-2026';

let page;
const { as, open } = openHouse('schemes', async () => {
  page = await as('so-noi-vu');
  return page;
});

const text = (of = page) => of.locator('#van-ban');
const button = (act, of = page) => of.locator(`button[name="act"][value="${act}"]`);
const row = (code, of = page) => of.locator('tr', { has: of.locator('td.code', { hasText: new RegExp(`^${code}$`) }) });

/** Types over the first place that reads `from` below the line with `below`, as a person does with mouse and keyboard. */
async function typeOver(field, below, from, to) {
  await field.evaluate((box, [below, from]) => {
    const start = box.value.indexOf(below);
    const at = box.value.indexOf(from, start);
    if (start < 0 || at < 0) throw new Error(`nothing reads ${from} below ${below}`);
    box.focus();
    box.setSelectionRange(at, at + from.length);
  }, [below, from]);
  await field.page().keyboard.insertText(to);
}

test('a draft is opened from the version in force, and only one', async () => {
  await open(SCHEME);
  await follow(page, page.locator('form[action$="/nhap"] button'));
  assert.equal(pathOf(page), `${DRAFT}/sua`);
  assert.match(await said(page), /Đã mở bản nháp mới/);
  assert.match(await text().inputValue(), /code = "quang-nam-2024"/);
  assert.deepEqual(await faults(page), []);
  // Asked for again, the draft that is open is shown and nothing new is begun.
  await open(SCHEME);
  await follow(page, page.locator('form[action$="/nhap"] button'));
  assert.equal(pathOf(page), `${DRAFT}/sua`);
  assert.equal(await page.locator('.kv-note.is-done').count(), 0);
  await open('/de-an');
  assert.equal(await page.locator('[aria-labelledby="nhap"] tbody tr').count(), 1);
});

test('an unknown field is named by line and field, and the typed text stays', async () => {
  await open(`${DRAFT}/sua`);
  await typeOver(text(), 'code = "T2.6"', 'recurrence', 'mau_sac = "đỏ"\nrecurrence');
  const wrong = await text().inputValue();
  const line = wrong.split('\n').indexOf('mau_sac = "đỏ"') + 1;
  // Far enough down that it must be scrolled to.
  assert.ok(line > 60);
  for (const act of ['check', 'save']) {
    await page.fill('#note', 'Bản có chỗ sai');
    const answer = await follow(page, button(act));
    assert.equal(answer.status(), 422, act);
    const summary = page.locator('#loi');
    assert.match(await summary.innerText(), new RegExp(`Dòng ${line}, cột 1\\b`));
    assert.match(await summary.locator('code').innerText(), /mau_sac/);
    assert.equal((await text().inputValue()).trimEnd(), wrong.trimEnd());
    assert.equal(await page.inputValue('#note'), 'Bản có chỗ sai');
    assert.ok(await summary.evaluate((box) => box === document.activeElement), 'the summary is not read first');
    assert.deepEqual(await faults(page), []);
  }
  await shot(page, 'editor-mistake');
  // The mistake leads to its line.
  await page.locator('#loi a[data-line]').click();
  const marked = await text().evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  assert.equal(marked, 'mau_sac = "đỏ"');
});

test('the marked line of a mistake is brought into sight', async () => {
  await open(`${DRAFT}/sua`);
  await typeOver(text(), 'code = "T2.6"', 'recurrence', 'mau_sac = "đỏ"\nrecurrence');
  const line = (await text().inputValue()).split('\n').indexOf('mau_sac = "đỏ"') + 1;
  await follow(page, button('check'));
  await page.locator('#loi a[data-line]').click();
  await page.waitForTimeout(1_000);
  const seen = await text().evaluate((field, line) => {
    const style = getComputedStyle(field);
    const y = field.getBoundingClientRect().top + parseFloat(style.paddingTop) - field.scrollTop + (line - 0.5) * parseFloat(style.lineHeight);
    const box = field.closest('.kv-editor').getBoundingClientRect();
    return y > Math.max(0, box.top) && y < Math.min(window.innerHeight, box.bottom);
  }, line);
  assert.ok(seen, 'the marked line is out of sight');
});

test('the corrected text is found in order and saved', async () => {
  await open(`${DRAFT}/sua`);
  assert.doesNotMatch(await text().inputValue(), /mau_sac/);
  await typeOver(text(), 'code = "T2.1"', 'at_least = 20', 'at_least = 15');
  await page.fill('#note', 'Hạ mức T2.1');
  assert.equal((await follow(page, button('check'))).status(), 200);
  assert.equal(await page.locator('#loi').count(), 0);
  assert.match(await said(page), /Văn bản đúng/);
  assert.deepEqual(await faults(page), []);
  await follow(page, button('save'));
  assert.equal(pathOf(page), DRAFT);
  assert.match(await said(page), /Đã lưu/);
  assert.match(await page.locator('.kv-lead').innerText(), /Hạ mức T2\.1/);
  assert.match(await row('T2.1').innerText(), /≥ 15 %/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'draft');
});

test('one target is changed by its form; what cannot be read is said and stays typed', async () => {
  await open(DRAFT);
  await follow(page, row('T2.3').locator('a'));
  assert.equal(pathOf(page), `${DRAFT}/chi-tieu/T2.3`);
  assert.equal(await page.inputValue('#floor'), '5');
  assert.deepEqual(await faults(page), []);
  await page.fill('#floor', 'bảy');
  await page.fill('#to', '31/02/2026');
  await page.fill('#section', 'Phần II, mục sửa');
  const answer = await submit(page);
  assert.equal(answer.status(), 422);
  assert.equal(await page.locator('#loi li').count(), 2);
  assert.ok(await page.locator('#floor-sai').isVisible() && await page.locator('#to-sai').isVisible());
  assert.deepEqual([await page.inputValue('#floor'), await page.inputValue('#to'), await page.inputValue('#section')], ['bảy', '31/02/2026', 'Phần II, mục sửa']);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'target-form-mistake');
  await page.fill('#floor', '7,5');
  await page.fill('#to', '31/12/2026');
  await submit(page);
  assert.equal(pathOf(page), DRAFT);
  assert.match(await row('T2.3').innerText(), /Phần II, mục sửa[^]*≥ 7,50? %/);
  // The change made in the text before is still there.
  assert.match(await row('T2.1').innerText(), /≥ 15 %/);
});

test('a field of a target that is wrong says so itself, to those who cannot see the line below it', async () => {
  await open(`${DRAFT}/chi-tieu/T2.3`);
  await page.fill('#floor', 'bảy');
  await page.fill('#to', '31/02/2026');
  assert.equal((await submit(page)).status(), 422);
  const told = await page.locator('#floor, #to').evaluateAll((fields) => fields.map((f) => [f.id, f.getAttribute('aria-invalid'), f.getAttribute('aria-describedby')]));
  assert.deepEqual(told, [['floor', 'true', 'floor-sai'], ['to', 'true', 'to-sai']]);
});

test('the second of two officers who save is told so, and keeps every word', async () => {
  const other = await as('so-noi-vu');
  await open(`${DRAFT}/sua`);
  await open(`${DRAFT}/sua`, other);
  await typeOver(text(), 'title', 'định hướng 2030', 'hướng tới 2030');
  const first = await text().inputValue();
  await page.fill('#note', 'Người thứ nhất');
  await follow(page, button('save'));
  assert.equal(pathOf(page), DRAFT);

  await typeOver(text(other), 'code = "T2.4"', 'at_least = 50', 'at_least = 33');
  const second = await text(other).inputValue();
  await other.fill('#note', 'Người thứ hai');
  const answer = await follow(other, button('save', other));
  assert.equal(answer.status(), 409);
  assert.equal((await other.inputValue('#mine')).trimEnd(), second.trimEnd());
  assert.equal((await other.inputValue('#theirs')).trimEnd(), first.trimEnd());
  assert.equal(await other.inputValue('input[name="note"]'), 'Người thứ hai');
  const lines = await other.locator('[aria-labelledby="khac"] tbody').innerText();
  assert.match(lines, /at_least = 33/);
  assert.match(lines, /hướng tới 2030/);
  assert.deepEqual(await faults(other), []);
  await shot(other, 'conflict');
  // Nothing of the second officer is saved yet.
  await open(DRAFT);
  assert.doesNotMatch(await row('T2.4').innerText(), /≥ 33 %/);

  await typeOver(other.locator('#mine'), 'title', 'định hướng 2030', 'hướng tới 2030');
  await follow(other, button('save', other));
  assert.equal(pathOf(other), DRAFT);
  assert.match(await row('T2.4', other).innerText(), /≥ 33 %/);
  assert.match(await other.locator('h1').innerText(), /hướng tới 2030/);
  assert.match(await other.locator('.kv-lead').innerText(), /Người thứ hai/);
  await other.context().close();
});

test('the form of one target keeps what was typed when somebody else saved first', async () => {
  const other = await as('so-noi-vu');
  await open(`${DRAFT}/chi-tieu/T2.4`);
  await open(`${DRAFT}/chi-tieu/T2.4`, other);
  await page.fill('#class_size', '41');
  await submit(page);
  assert.equal(pathOf(page), DRAFT);
  await other.fill('#section', 'Mục của người thứ hai');
  const answer = await submit(other);
  assert.equal(answer.status(), 409);
  await shot(other, 'conflict-of-forms');
  const shown = await other.locator('main').innerHTML();
  assert.ok(shown.includes('Mục của người thứ hai'), `what the second officer typed is gone; the page says: ${await other.locator('main').innerText()}`);
  await other.context().close();
});

test('who may not publish is not offered it and is refused', async () => {
  const leader = await as('lanh-dao');
  await open(DRAFT, leader);
  assert.equal(await leader.locator('a[href$="/ban-hanh"], a[href$="/sua"], form[action$="/nhap"]').count(), 0);
  assert.equal((await open(`${DRAFT}/ban-hanh`, leader)).status(), 403);
  for (const last of ['ban-hanh', 'sua', 'nhap']) {
    const answer = await post(leader, `${DRAFT}/${last}`, { revision: '1', reason: 'thử', body: 'x', note: '', act: 'save' });
    assert.equal(answer.status, 403, last);
    assert.match(answer.text, /Vai trò làm được việc này/, last);
  }
  await open(DRAFT);
  assert.match(await page.locator('.kv-lead').innerText(), /Bản nháp/);
  const found = await faults(leader);
  await leader.context().close();
  assert.deepEqual(found, []);
});

test('publishing needs a reason and moves the figures at once', async () => {
  await open('/');
  assert.match(await row('T2.1').innerText(), /≥ 20 %/);
  assert.doesNotMatch(await row('T2.1').locator('.state').innerText(), /^Đạt$/);
  await open(DRAFT);
  await follow(page, page.locator('a[href$="/ban-hanh"]'));
  const changes = page.locator('[aria-labelledby="thay-doi"] tbody');
  assert.match(await changes.innerText(), /T2\.1[^]*“≥ 20 %” thành “≥ 15 %”/);
  assert.deepEqual((await changes.locator('td.code').allInnerTexts()).sort(), ['T2.1', 'T2.3', 'T2.4']);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'publish');
  await page.fill('#reason', '   ');
  assert.equal((await submit(page)).status(), 422);
  assert.match(await page.locator('#loi').innerText(), /Ghi lý do/);
  assert.deepEqual(await faults(page), []);
  await page.fill('#reason', 'Theo Quyết định điều chỉnh 45/QĐ-UBND');
  await submit(page);
  assert.equal(pathOf(page), SCHEME);
  assert.match(await said(page), /Đã đưa vào theo dõi/);
  assert.deepEqual(await page.locator('#cac-ban tbody .kv-chip').allInnerTexts(), ['Đang theo dõi', 'Đã thôi']);
  assert.deepEqual(await faults(page), []);

  await open('/');
  assert.match(await row('T2.1').innerText(), /≥ 15 %/);
  assert.match(await row('T2.1').locator('.state').innerText(), /^Đạt$/);
  await open('/chi-tieu/T2.1');
  assert.match(await page.locator('.kv-hero').innerText(), /≥ 15 %/);
  assert.match(await page.locator('.kv-hero .kv-chip').innerText(), /Đạt/);
  assert.deepEqual(await faults(page), []);
  // A draft that is in force is no draft any more.
  assert.equal((await open(`${DRAFT}/sua`)).status(), 409);
  assert.deepEqual(await faults(page), []);
});

test('a new document grows from the example and its targets reach the dashboard', async () => {
  await open('/de-an');
  const followed = await page.locator('.kv-schemes tbody tr').count();
  await follow(page, page.locator('a[href="/de-an/moi"]'));
  assert.match(await text().inputValue(), /code = "de-an-moi-2026"/);
  assert.deepEqual(await faults(page), []);
  assert.equal((await follow(page, button('check'))).status(), 200);
  assert.match(await said(page), /Văn bản đúng/);
  await page.fill('#note', 'Nhập lần đầu');
  await follow(page, button('save'));
  assert.equal(pathOf(page), `${NEW}/ban/1`);
  assert.deepEqual(await faults(page), []);
  assert.equal((await open('/chi-tieu/M1')).status(), 404, 'a draft is measured before anybody published it');

  await open(`${NEW}/ban/1/ban-hanh`);
  await page.fill('#reason', 'Kế hoạch 123/KH-UBND');
  await submit(page);
  assert.equal(pathOf(page), NEW);
  assert.deepEqual(await faults(page), []);
  await open('/');
  assert.match(await row('M1').innerText(), /Công chức cấp xã được bồi dưỡng cập nhật mỗi năm[^]*\d %[^]*≥ 80 %/);
  await follow(page, row('M1').locator('th a'));
  assert.equal(pathOf(page), '/chi-tieu/M1');
  assert.match(await page.locator('.kv-hero').innerText(), /\d+ \/ [\d.]+ người/);
  assert.deepEqual(await faults(page), []);
  await open('/de-an');
  assert.equal(await page.locator('.kv-schemes tbody tr').count(), followed + 1);
});

test('a code that is taken is refused with the text kept, for a document and for a target', async () => {
  await open('/de-an/moi');
  await typeOver(text(), 'signed_on', '15/01/2026', '16/01/2026');
  const body = await text().inputValue();
  assert.equal((await follow(page, button('save'))).status(), 422);
  assert.match(await page.locator('#loi').innerText(), /Đã có đề án mang mã này/);
  assert.equal((await text().inputValue()).trimEnd(), body.trimEnd());
  assert.deepEqual(await faults(page), []);
  await typeOver(text(), 'code', 'de-an-moi-2026', 'de-an-khac-2026');
  await follow(page, button('save'));
  assert.equal(pathOf(page), '/de-an/de-an-khac-2026/ban/1');
  await open('/de-an/de-an-khac-2026/ban/1/ban-hanh');
  await page.fill('#reason', 'Thử mã trùng');
  assert.equal((await submit(page)).status(), 422);
  assert.match(await page.locator('#loi').innerText(), /“M1”[^]*“de-an-moi-2026”/);
  assert.equal(await page.inputValue('#reason'), 'Thử mã trùng');
  assert.deepEqual(await faults(page), []);
});

test('retiring needs a reason and takes the targets off every screen', async () => {
  await open(`${NEW}/ban/1`);
  await follow(page, page.locator('a[href$="/thoi"]'));
  assert.deepEqual(await faults(page), []);
  assert.equal((await submit(page)).status(), 422);
  assert.match(await page.locator('#loi').innerText(), /Ghi lý do/);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'retire');
  await page.fill('#reason', 'Hết hiệu lực');
  await submit(page);
  assert.equal(pathOf(page), '/de-an');
  assert.match(await page.locator('[aria-labelledby="thoi"] tbody').innerText(), /de-an-moi-2026/);
  assert.doesNotMatch(await page.locator('.kv-schemes').innerText(), /Công chức cấp xã 2026–2030/i);
  assert.deepEqual(await faults(page), []);
  await open('/');
  assert.equal(await row('M1').count(), 0);
  assert.equal(await row('T2.1').count(), 1);
  assert.equal((await open('/chi-tieu/M1')).status(), 404);
  // The versions stay to be read.
  await open(NEW);
  assert.equal(pathOf(page), `${NEW}/ban/1`);
  assert.match(await page.locator('.kv-lead').innerText(), /Đã thôi/);
  assert.deepEqual(await faults(page), []);
});
