// An officer writes a programme with modules and a material and sends it to the council; members vote on it, the chair closes, the
// decision approves it, and a learner finds it with its material.
// Not for: every rule of texts and votes; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { follow } from '../lib/page.mjs';

let officer;
const { as, open, looks } = openHouse('programmes', async () => {
  officer = await as('so-noi-vu');
});

const HERE = '/chuong-trinh/CT-THU.01';
const PDF = { name: 'bai-giang.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 bài giảng') };
const save = (page) => follow(page, page.locator('.kv-form .btn-primary[value="save"]'));

test('a programme is written, rows of modules come and go, and mistakes keep what was typed', async () => {
  await open('/chuong-trinh/moi', officer);
  await fill(officer, { code: 'ct-thu.01', owner: 'Sở Nội vụ', title: 'Kỹ năng tiếp dân', audience: 'Công chức xã', periods: '16', days: 'hai' });
  await officer.check('#staff_cong_chuc');
  await officer.selectOption('#course', 'by_post');
  await fill(officer, { m0_title: 'Quy định', m0_theory: '8', m1_title: 'Tình huống', m1_practice: '6', m2_title: 'Bỏ đi' });
  await follow(officer, officer.locator('button[value="remove-2"]'));
  assert.equal(await officer.locator('#m2_title').count(), 0);
  await save(officer);
  assert.deepEqual(await wrong(officer), ['#days']);
  assert.equal(await officer.inputValue('#m1_title'), 'Tình huống');
  await fill(officer, { days: '2', outcomes: 'Tiếp dân đúng quy định', legal_basis: 'Luật Tiếp công dân' });
  await save(officer);
  assert.equal(pathOf(officer), HERE);
  assert.match(await officer.locator('.kv-note.is-warn').innerText(), /khác số tiết/);
});

test('what is missing is mended, a material is added, and the council gets it', async () => {
  await follow(officer, officer.locator(`a[href="${HERE}/sua"]`));
  await officer.fill('#m1_practice', '8');
  await save(officer);
  await follow(officer, officer.locator(`a[href="${HERE}/tai-lieu"]`));
  await officer.fill('#material', 'Bài giảng');
  await officer.selectOption('#access', 'open');
  await officer.setInputFiles('#tep', PDF);
  await submit(officer);
  assert.match(await said(officer), /tài liệu/);
  await follow(officer, officer.locator(`a[href="${HERE}/viec/gui"]`));
  await submit(officer);
  assert.match(await officer.locator('.kv-lead .kv-chip').innerText(), /Đang thẩm định/);
});

let session;
test('members vote, and the chair closes with minutes', async () => {
  session = await officer.locator('a[href^="/hoi-dong/phien/"]').first().getAttribute('href');
  for (const login of ['so-noi-vu', 'tai-chinh', 'thu-truong', 'lanh-dao']) {
    const member = await as(login);
    await open(session, member);
    await member.check('input[name="choice"][value="for"]');
    await follow(member, member.locator('form[action$="/phieu"] .btn-primary'));
    if (login === 'lanh-dao') {
      await member.fill('#minutes', 'Hội đồng thống nhất thông qua.');
      await follow(member, member.locator('form[action$="/ket-luan"] .btn-primary'));
      assert.match(await member.locator('.kv-lead').innerText(), /Thông qua/);
    }
    await member.context().close();
  }
});

test('the decision approves it, and a learner finds it and opens its material', async () => {
  await open(`${HERE}/viec/phe-duyet`, officer);
  await officer.fill('#number', '125/QĐ-UBND');
  await submit(officer);
  assert.match(await officer.locator('.kv-lead .kv-chip').innerText(), /Đang áp dụng/);
  const learner = await as('nguoi-hoc');
  await open('/chuong-trinh?q=tiep%20dan', learner);
  await follow(learner, learner.locator(`a[href="${HERE}"]`));
  const file = await learner.request.get(new URL(await learner.locator('a[href*="/tep/"]').getAttribute('href'), learner.url()).href);
  assert.equal((await file.body()).toString(), PDF.buffer.toString());
  await learner.context().close();
});

test('the pages stand in both languages on every screen', async () => {
  for (const [name, path] of [['list', '/chuong-trinh'], ['one', HERE], ['edit', '/chuong-trinh/moi'], ['councils', '/hoi-dong'], ['session', session]]) {
    await looks(name, path);
  }
});
