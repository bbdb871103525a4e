// A plan of training in the hands of an officer: lines proposed from needs, what they would do to a target, a line over its quota that is
// refused and keeps its text, an amendment of the plan in force and its difference. Each test goes on where the one before it stopped.
// Not for: every fault of a line; the Rust tests know them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const NEXT = '/ke-hoach/2';
const THIS = '/ke-hoach/1';

let page;
const { as, open, looks } = openHouse('plans', async () => {
  page = await as('so-noi-vu');
  return page;
});

const sum = async (place) => Number((await page.locator('.kv-plan-sums dd').nth(place).innerText()).replaceAll(/\D/g, ''));

test('the list tells which plan is due and what stands under it', async () => {
  await open('/ke-hoach');
  assert.match(await page.locator('main').innerText(), /Kế hoạch năm 2027 phải có trước hết ngày 31\/12\/2026/);
  assert.match(await page.locator('main').innerText(), /Cấp dưới: 1 kế hoạch/);
  assert.deepEqual(await faults(page), []);
});

test('lines are proposed from needs without a class and taken into the plan', async () => {
  await open(`${NEXT}/nhu-cau`);
  assert.ok(await page.locator('[aria-labelledby="chua-co-lop"] tbody tr').count() > 0);
  await follow(page, page.locator(`a[href="${NEXT}/de-xuat"]`).first());
  const drafts = await page.locator('.kv-plan-lines tbody tr').count();
  assert.ok(drafts > 0);
  assert.match(await page.locator('.kv-plan-lines').innerText(), /BD-XA-01/);
  assert.match(await page.locator('.kv-plan-lines').innerText(), /Gộp \d+ xã kề nhau/);
  assert.deepEqual(await faults(page), []);
  await follow(page, page.locator('main form .btn-primary'));
  assert.match(await said(page), /Đã đưa các dòng đề xuất vào kế hoạch/);
  assert.equal(await sum(0), 1 + drafts);
  await open(`${NEXT}/nhu-cau`);
  assert.match(await page.locator('main').innerText(), /Mọi nhu cầu đã duyệt đều có lớp/);
});

test('the plan moves the target of the decision 700/QĐ-TTg', async () => {
  await open(`${NEXT}/tac-dong`);
  const row = page.locator('tr.kv-plan-moves', { hasText: 'T1.5' });
  const added = Number((await row.locator('td').nth(1).locator('b').innerText()).replaceAll(/\D/g, ''));
  assert.ok(added > 0);
  const [now, after] = [await row.locator('td').nth(0).innerText(), await row.locator('td').nth(2).innerText()];
  const number = (text) => Number(text.match(/[\d.,]+/)[0].replaceAll('.', '').replace(',', '.'));
  assert.ok(number(after) > number(now), `${now} ${after}`);
  assert.deepEqual(await faults(page), []);
  await open('/chi-tieu/T1.5');
  assert.match(await page.locator('main').innerText(), /Khi các lớp trong kế hoạch đã ban hành được tổ chức/);
});

test('an amendment keeps a line over its quota in the form and shows its difference', async () => {
  await open(`${THIS}/viec/sua-doi`);
  await fill(page, { reason: 'bổ sung lớp và kinh phí' });
  await submit(page);
  assert.match(await said(page), /Đã mở bản điều chỉnh/);
  await open(`${THIS}/dong/moi`);
  await fill(page, {
    words: 'Thạc sĩ quy hoạch', classes: '1', class_size: '50', months: '12', seats: 'Sở Xây dựng / cong_chuc / N3: 50', cost: '10.000.000',
  });
  await page.selectOption('#form', 'degree');
  await page.selectOption('#degree', 'master');
  await page.selectOption('#field', 'urban_planning');
  await page.selectOption('#source', 'province');
  const answer = await follow(page, page.locator('.kv-form .btn-primary'));
  assert.equal(answer.status(), 422);
  assert.deepEqual([...new Set(await wrong(page))], ['#seats']);
  assert.match(await page.locator('#loi').innerText(), /Vượt chỉ tiêu giao.*Phụ lục II/);
  assert.equal(await page.inputValue('#words'), 'Thạc sĩ quy hoạch');
  assert.equal(await page.inputValue('#seats'), 'Sở Xây dựng / cong_chuc / N3: 50');
  assert.deepEqual(await faults(page), []);
  await open(`${THIS}/dong/1`);
  await fill(page, { cost: '120.000.000' });
  await submit(page);
  assert.equal(pathOf(page), THIS);
  await open(`${THIS}/so-sanh?truoc=1&sau=2`);
  assert.match(await page.locator('main').innerText(), /\+24\.000\.000/);
  assert.deepEqual(await faults(page), []);
  await open(`${THIS}/trinh`);
  await submit(page);
  assert.match(await said(page), /Đã trình kế hoạch/);
});

test('every part of a plan is looked at on every screen in both languages', async () => {
  await looks('list', '/ke-hoach');
  for (const [name, end] of [['lines', ''], ['effects', '/tac-dong'], ['load', '/tai'], ['money', '/kinh-phi'], ['form', '/dong/1']]) {
    await looks(name, `${NEXT}${end}`);
  }
});
