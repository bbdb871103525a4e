// Papers of a class under numbers: the opening decision takes one out of the register and the class is opened with it; each unit's sending
// decision has one of its own; a number given back stays cancelled in the register; the training record goes out as a paper.
// Not for: every refusal; those are cases of the service.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { office, send } from '../lib/classes.mjs';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const UNIT = 'Xã Tiên Phước';
let affairs;
const { url, as, looks, open } = openHouse('numbers', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();
const row = (paper) => affairs.locator(`tr#${paper}`);
const bytes = async (path, page = affairs) => (await page.request.get(url() + path)).body();
const starts = async (path, sign, page) => assert.equal((await bytes(path, page)).subarray(0, sign.length).toString(), sign, path);

let here;
test('the opening decision takes a number, and the class is opened with it', async () => {
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Soạn thảo văn bản hành chính', lead: 'Sở Nội vụ', starts_on: '14/12/2026', ends_on: '16/12/2026', days: '3', periods: '24', most: '9',
  });
  await affairs.selectOption('#content', 'post_skills');
  await submit(affairs);
  here = pathOf(affairs);
  await open(`${here}/giay-to`);
  assert.equal(await row('dispatch').locator('a', { hasText: 'Lấy số' }).count(), 0, 'nobody is sent by a class that is not open');
  assert.match(await row('roster').innerText(), /Không đánh số/);
  await follow(affairs, row('opening').locator('a', { hasText: 'Lấy số' }));
  assert.equal(await affairs.locator('#register').inputValue(), 'snv-qd', 'decisions of the department stand chosen');
  await fill(affairs, { dated: '23/11/2026', symbol: '125/QĐ-SNV' });
  assert.equal((await submit(affairs)).status(), 422);
  assert.deepEqual(await wrong(affairs), ['#symbol']);
  assert.equal(await affairs.locator('#dated').inputValue(), '23/11/2026', 'what was typed stays');
  await fill(affairs, { symbol: '' });
  assert.equal((await submit(affairs)).status(), 422);
  assert.deepEqual(await wrong(affairs), ['#dated']);
  await fill(affairs, { dated: '22/11/2026' });
  await submit(affairs);
  assert.match(await said(affairs), /Đã lấy số/);
  assert.match(await row('opening').innerText(), /Số 01\/QĐ-SNV, ngày 22\/11\/2026[\s\S]*Quyết định của Sở Nội vụ/i);
  await starts(`${here}/giay-to/opening.pdf`, '%PDF-');
  await starts(`${here}/giay-to/opening.docx`, 'PK');
  await open(`${here}/viec/mo`);
  assert.equal(await affairs.locator('#decision').inputValue(), '01/QĐ-SNV');
  await submit(affairs);
  await open(`${here}/giay-to`);
  assert.equal(await row('opening').locator('a', { hasText: 'Trả số' }).count(), 0, 'the class goes by it');
});

test('a commune sends two people of its divisions; its decision has a number that is given back and taken anew', async () => {
  const people = await office({ as, open }, UNIT, ['nhan-su-so', 'chu-tich-so']);
  await send({ open }, here, 2, { ...people, affairs });
  await open(`${here}/giay-to`);
  for (const paper of ['dispatch_by_unit', 'summons']) {
    await follow(affairs, row(paper).locator('a', { hasText: 'Lấy số' }));
    await submit(affairs);
  }
  assert.match(await row('dispatch_by_unit').innerText(), /Số 02\/QĐ-SNV/);
  assert.match(await row('summons').innerText(), /01\/GM-SNV[\s\S]*Giấy mời của Sở Nội vụ/);
  await follow(affairs, row('dispatch_by_unit').locator('a', { hasText: 'Trả số' }));
  await fill(affairs, { reason: 'Thay đổi danh sách cử' });
  await submit(affairs);
  assert.match(await said(affairs), /Đã trả số/);
  await follow(affairs, row('dispatch_by_unit').locator('a', { hasText: 'Lấy số' }));
  await submit(affairs);
  assert.match(await row('dispatch_by_unit').innerText(), /Số 03\/QĐ-SNV/);
  assert.deepEqual(await faults(affairs), []);
  await open('/so-van-ban/snv-qd');
  assert.match(await words(affairs), /02\/QĐ-SNV[\s\S]*Thay đổi danh sách cử/);
  assert.match(await words(affairs), /Cử học viên lớp “Soạn thảo văn bản hành chính” – Xã Tiên Phước/);
  await follow(affairs, affairs.locator('.kv-table a[href*="/huy/"]').first());
  await fill(affairs, { reason: 'Nhầm sổ' });
  await submit(affairs);
  assert.match(await words(affairs), /trả lại ở trang giấy tờ của lớp/);
});

test('whoever keeps no class takes no number', async () => {
  const officer = await as('thanh-tra');
  assert.equal((await open(`${here}/giay-to/dispatch/so`, officer)).status(), 403);
});

test('an official takes the own training record along as a paper', async () => {
  const learner = await as('nguoi-hoc');
  await open('/ho-so/phieu-theo-doi', learner);
  assert.equal(await learner.locator('.kv-acts a[download]').count(), 2);
  await starts('/ho-so/phieu-theo-doi/ban.pdf', '%PDF-', learner);
  await starts('/ho-so/phieu-theo-doi/ban.docx', 'PK', learner);
});

test('the pages look as they should, on every screen in both languages', async () => {
  await looks('papers', `${here}/giay-to`);
  await looks('take', `${here}/giay-to/dispatch/so`);
  await looks('back', `${here}/giay-to/summons/so/tra`);
  await looks('record', '/ho-so/phieu-theo-doi', 'nguoi-hoc');
});
