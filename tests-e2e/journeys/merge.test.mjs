// One person written down twice: found, compared, made one, found under the old code, and told apart again; and two who are two.
// Not for: every rule of likeness; the worked cases of the domain walk those.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot } from '../lib/browser.mjs';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const KEPT = '/nhan-su/TM.2026.01';
const OTHER = '/nhan-su/TM.2026.02';

let page;
const { as, open, looks } = openHouse('merge', async () => {
  page = await as('so-noi-vu');
  return page;
});

const add = async (values) => {
  await open('/nhan-su/moi');
  await fill(page, { post: 'Chuyên viên', reason: 'Tuyển dụng', ...values });
  await page.selectOption('#sex', 'nu');
  await page.selectOption('#staff', 'cong_chuc');
  await submit(page);
  assert.match(await said(page), /Đã thêm cán bộ/);
};

test('two entries of one person are found with the reasons, on every screen', async () => {
  await add({ code: 'TM.2026.01', name: 'Hồ Thị Thanh Bình', birth_on: '12/03/1985', unit: 'Sở Y tế', from: '01/03/2020' });
  await add({ code: 'TM.2026.02', name: 'Ho Thi Thanh Binh', birth_on: '03/12/1985', unit: 'Sở Tài chính', from: '01/02/2024', citizen_number: '049185001234' });
  await open('/nhan-su');
  await follow(page, page.locator('a[href="/nhan-su/trung"]'));
  const row = page.locator('tr', { hasText: 'TM.2026.02' });
  assert.match(await row.innerText(), /họ tên giống nhau khi bỏ dấu; ngày và tháng sinh đổi chỗ cho nhau[\s\S]*75\/100/);
  await looks('found', '/nhan-su/trung');
  await looks('side-by-side', `${KEPT}/gop/TM.2026.02`);
});

test('overlapping posts must be settled; then both are one, and the old code finds the person', async () => {
  await open('/nhan-su/trung');
  await follow(page, page.locator('tr', { hasText: 'TM.2026.02' }).locator('a.btn'));
  assert.equal(pathOf(page), `${KEPT}/gop/TM.2026.02`);
  assert.equal(await page.isChecked('input[name="citizen_number"][value="other"]'), true);
  await page.check('input[name="birth_on"][value="other"]');
  await page.fill('#reason', 'Cùng một người, nhập hai lần');
  await submit(page);
  const [overlap] = await wrong(page);
  assert.match(overlap, /^#vi-tri-/);
  assert.equal(await page.isChecked('input[name="birth_on"][value="other"]'), true);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'merge-mistakes');
  await page.check(`${overlap} input[value="cut"]`);
  await submit(page);
  assert.equal(pathOf(page), KEPT);
  assert.match(await said(page), /Đã gộp/);
  const text = await page.locator('main').innerText();
  assert.match(text, /Hồ Thị Thanh Bình[\s\S]*03\/12\/1985[\s\S]*từ 01\/02\/2024[\s\S]*01\/03\/2020 – 31\/01\/2024/);
  await open(OTHER);
  assert.equal(pathOf(page), KEPT);
  await open('/tim?q=TM.2026.02');
  assert.equal(await page.locator(`main a[href="${KEPT}"]`).count() > 0, true);
  const answer = await page.evaluate(async () => {
    const response = await fetch('/api/v1/officials/TM.2026.02');
    return { redirected: response.redirected, code: (await response.json()).code };
  });
  assert.deepEqual(answer, { redirected: true, code: 'TM.2026.01' });
});

test('the merge is looked at and taken back; the two are set apart for good', async () => {
  await open(`${KEPT}/lich-su`);
  await follow(page, page.locator('.kv-history .kv-strike').first());
  assert.deepEqual(await faults(page), []);
  await shot(page, 'merge-undo');
  await page.fill('#reason', 'Hai người khác nhau');
  await submit(page);
  assert.match(await said(page), /Đã hoàn tác/);
  await open(OTHER);
  assert.equal(pathOf(page), OTHER);
  assert.match(await page.locator('main').innerText(), /Ho Thi Thanh Binh[\s\S]*từ 01\/02\/2024/);
  await open('/nhan-su/trung');
  await follow(page, page.locator('tr', { hasText: 'TM.2026.02' }).locator('button'));
  assert.match(await said(page), /hai người/);
  assert.equal(await page.locator('tr', { hasText: 'TM.2026.02' }).count(), 0);
});
