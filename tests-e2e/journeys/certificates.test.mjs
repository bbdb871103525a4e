// Certificates from the recognised results to the check by a stranger: issued with progress, opened as PDF and printed all at once; whoever
// has the code checks it without signing in, a terminal without the server; a lost one is confirmed, one is taken back, and the public page
// says so at once; the person finds the own ones.
// Not for: every refusal; those are cases of the domain and of the service.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { office, send } from '../lib/classes.mjs';
import { fill, NARROW, openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const UNIT = 'Xã Tiên Phước';
let affairs;
const { url, as, later, looks, open, speak, visitor, whole } = openHouse('certificates', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();

let here;
test('a class of two people is held and its results are recognised', async () => {
  const people = await office({ as, open }, UNIT, ['nhan-su-lop', 'chu-tich-lop']);
  await open('/lop/moi');
  await fill(affairs, {
    name: 'Kỹ năng số cho công chức xã', lead: 'Sở Nội vụ', starts_on: '07/12/2026', ends_on: '09/12/2026', days: '3', periods: '24', most: '9',
  });
  await affairs.selectOption('#content', 'it');
  await submit(affairs);
  here = pathOf(affairs);
  await open(`${here}/viec/mo`);
  await fill(affairs, { decision: '125/QĐ-SNV' });
  await submit(affairs);
  await send({ open }, here, 2, { ...people, affairs });
  await open(`${here}/chung-nhan`);
  assert.match(await words(affairs), /Chưa công nhận kết quả/);
  for (const [day, act] of [['2026-12-07', 'khai-giang'], ['2026-12-10', 'ket-thuc']]) {
    await later(day);
    affairs = await as('so-noi-vu');
    await open(`${here}/viec/${act}`, affairs);
    await submit(affairs);
  }
  await open(`${here}/ket-qua`, affairs);
  await affairs.fill('#decision', '150/QĐ-SNV');
  await follow(affairs, affairs.locator('form[method="post"] .btn-primary'));
});

let papers;
test('Home Affairs issues certificates once; who signs must be said', async () => {
  await follow(affairs, affairs.locator('.kv-acts a', { hasText: 'Chứng chỉ' }).first());
  assert.match(await words(affairs), /Hạn cấp: 25\/12\/2026/);
  assert.match(await words(affairs), /chưa kiểm chứng/i);
  await fill(affairs, { signer_post: 'Hiệu trưởng', signer_name: 'Trần Văn Ký', issued_on: '11/12/2026' });
  const odd = await submit(affairs);
  assert.equal(odd.status(), 422);
  assert.match(await affairs.locator('#loi').innerText(), /sau hôm nay/);
  await fill(affairs, { issued_on: '10/12/2026' });
  await submit(affairs);
  await affairs.waitForSelector('#da-cap');
  papers = await affairs.locator('tbody th a').evaluateAll((links) => links.map((a) => new URL(a.href).pathname));
  assert.equal(papers.length, 2);
  assert.match(await words(affairs), /0001\/2026\/CC-/);
  assert.equal(await affairs.locator('#cap').count(), 0, 'nobody is left');
  assert.deepEqual(await faults(affairs), []);
});

let code;
const folder = mkdtempSync(join(tmpdir(), 'khuevan-certificates-'));
const bytes = async (path, page = affairs) => (await page.request.get(url() + path)).body();
test('one opens as PDF, all of them as one file, and the register is taken along', async () => {
  await open(papers[0], affairs);
  code = (await affairs.locator('.kv-token').getAttribute('href')).split('/').pop();
  const pdf = await bytes(`${papers[0]}/ban.pdf`);
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  writeFileSync(join(folder, 'one.pdf'), pdf);
  await open(`${here}/chung-nhan`, affairs);
  await follow(affairs, affairs.locator('form[action$="/ban-in"] button'));
  await affairs.waitForSelector('a[href$="/ban-in"]', { timeout: 60_000 });
  assert.match(await words(affairs), /Tải tệp in \(2 bản\)/);
  assert.equal((await bytes(`${here}/chung-nhan/ban-in`)).subarray(0, 5).toString(), '%PDF-');
  assert.equal((await bytes('/chung-nhan/xuat.xlsx')).subarray(0, 2).toString(), 'PK');
});

const terminal = (seal, key) => {
  try {
    return { code: 0, said: execFileSync(process.env.KHUEVAN_BIN, ['certificate', 'verify', seal, '--key', key], { encoding: 'utf8' }) };
  } catch (failed) {
    return { code: failed.status, said: failed.stdout + failed.stderr };
  }
};

test('a stranger checks it on a phone and by the terminal without the server', async () => {
  const stranger = await visitor(NARROW);
  for (const lang of ['vi', 'en']) {
    await speak(stranger, lang);
    assert.equal((await open(`/verify/${code}`, stranger)).status(), 200);
    await whole(stranger, 'verify-phone', lang);
  }
  await speak(stranger, 'vi');
  await open('/verify', stranger);
  await stranger.fill('#ma', code.toLowerCase().replace(/(.{6})(.{6})(.{6})/, '$1 $2-$3'));
  await follow(stranger, stranger.locator('main .btn-primary'));
  const text = await words(stranger);
  assert.match(text, /Còn hiệu lực/);
  assert.match(text, /Kỹ năng số cho công chức xã/);
  assert.doesNotMatch(text, /Xã Tiên Phước|Sinh ngày/, 'neither unit nor birth');
  const wrong = (code[0] === '2' ? '3' : '2') + code.slice(1);
  assert.equal((await open(`/verify/${wrong}`, stranger)).status(), 404);
  assert.match(await words(stranger), /có chữ sai hoặc thiếu/);
  const answer = await stranger.request.get(`${url()}/verify/${code}`, { headers: { accept: 'application/json' } });
  const told = await answer.json();
  assert.deepEqual([told.state, told.seal_fits, Object.keys(told).includes('birth_on')], ['valid', true, false]);
  assert.match(answer.headers()['x-robots-tag'], /noindex/);
  const keys = join(folder, 'keys.json');
  writeFileSync(keys, await bytes('/verify/key', stranger));
  const checked = terminal(join(folder, 'one.pdf'), keys);
  assert.equal(checked.code, 0, checked.said);
  assert.match(checked.said, new RegExp(code));
  assert.equal(terminal(told.seal.replace(/.{9}$/, 'AAAAAAAAA'), keys).code, 3);
});

test('a lost one is confirmed, one is taken back, and the public page says so at once', async () => {
  await open(papers[1], affairs);
  await follow(affairs, affairs.locator('.kv-acts a', { hasText: 'mất, hỏng' }));
  await fill(affairs, { reason: 'Đơn trình báo mất' });
  await submit(affairs);
  assert.match(await said(affairs), /Đã ghi vào sổ gốc/);
  assert.match(await words(affairs), /GCN-/);
  await open(papers[0], affairs);
  await follow(affairs, affairs.locator('.kv-acts a', { hasText: 'Thu hồi' }));
  await fill(affairs, { reason: 'Cấp nhầm', decision: '160/QĐ-SNV' });
  await submit(affairs);
  assert.match(await words(affairs), /Đã thu hồi/);
  const stranger = await visitor();
  await open(`/verify/${code}`, stranger);
  assert.match(await words(stranger), /đã bị thu hồi từ ngày 10\/12\/2026/);
  assert.doesNotMatch(await words(stranger), /Cấp nhầm/, 'the reason stays inside');
});

test('the pages look as they should, on every screen in both languages', async () => {
  await looks('class', `${here}/chung-nhan`);
  await looks('register', '/chung-nhan');
  await looks('one', papers[0]);
  await looks('verify-desktop', `/verify/${code}`);
  await open(papers[1], affairs);
  await follow(affairs, affairs.locator('.kv-crumbs a'));
  assert.match(await words(affairs), /Giấy chứng nhận đã hoàn thành khoá học/);
});
