// Home Affairs reviews the needs of three units: one answers, its head approves, it is given back, answers again and is gathered, another is
// reminded; an official asks for training; a survey is answered on a phone and its results are looked at.
// Not for: every rule of a step, or lateness; the tests of the acts walk those on both engines and on later days.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, fill, NARROW, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { follow } from '../lib/page.mjs';

const DEPARTMENTS = ['Sở Tài chính', 'Sở Xây dựng', 'Sở Y tế'];
let affairs;
const { as, open, speak, whole: wholeIn } = openHouse('reviews', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});

/** The page that somebody stands on, whole in both languages. */
const whole = async (of, name) => {
  for (const lang of ['en', 'vi']) {
    await speak(of, lang);
    await of.reload();
    await wholeIn(of, name, lang);
  }
};
/** Takes a step of an answer by its button. */
const step = (page, act) => follow(page, page.locator(`form[action$="/buoc"] button[value="${act}"]`));

let review;
test('Home Affairs writes a draft, mends it, and opens the review for three units', async () => {
  await open('/nhu-cau');
  await whole(affairs, 'needs-empty');
  await follow(affairs, affairs.locator('main a[href="/ra-soat"]'));
  await follow(affairs, affairs.locator('a[href="/ra-soat/moi"]'));
  await whole(affairs, 'form');
  await fill(affairs, { 'title-of': 'Rà soát nhu cầu 2027', reason: 'Lập kế hoạch năm 2027', due: '20/11/2026' });
  for (const name of DEPARTMENTS) {
    const box = affairs.getByLabel(name, { exact: true });
    await affairs.locator('details.kv-more', { has: box }).evaluate((details) => { details.open = true; });
    await box.check();
  }
  await submit(affairs);
  assert.deepEqual(await wrong(affairs), ['#due', '#due']);
  assert.equal(await affairs.getByLabel('Sở Y tế', { exact: true }).isChecked(), true);
  await affairs.fill('#due', '05/12/2026');
  await submit(affairs);
  review = pathOf(affairs);
  assert.match(await affairs.locator('main').innerText(), /3 đơn vị/);
  await whole(affairs, 'draft');
  await follow(affairs, affairs.locator('form[action$="/mo"] button'));
  assert.match(await said(affairs), /Đã mở đợt/);
  assert.equal(await affairs.locator('#tien-do').count(), 1);
  await whole(affairs, 'open');
});

test('a unit finds its list on its first page, confirms it together, corrects one line, adds a need and cannot send half of it', async () => {
  const officer = await as('to-chuc');
  await open('/', officer);
  await follow(officer, officer.locator('.kv-panel li a[href="/ra-soat"]'));
  await follow(officer, officer.locator('tbody th a').first());
  const answer = pathOf(officer);
  await whole(officer, 'answer');
  await step(officer, 'send');
  assert.deepEqual(await wrong(officer), ['#danh-sach']);
  await open(answer, officer);
  await follow(officer, officer.locator('a[href*="/dong/"]').first());
  await officer.selectOption('#verdict', 'exempt');
  await submit(officer);
  assert.deepEqual(await wrong(officer), ['#reason']);
  await officer.fill('#reason', 'Nghỉ hưu tháng 3/2027');
  await whole(officer, 'line');
  await officer.selectOption('#verdict', 'exempt');
  await officer.fill('#reason', 'Nghỉ hưu tháng 3/2027');
  await submit(officer);
  while ((await officer.locator('form[action$="/xac-nhan"] button').count()) > 0) {
    await follow(officer, officer.locator('form[action$="/xac-nhan"] button').first());
  }
  await follow(officer, officer.locator('a[href$="/them"]'));
  await fill(officer, { people: '12', words: 'Kỹ năng số' });
  await officer.check('#urgent-tick');
  await submit(officer);
  await open(answer, officer);
  await step(officer, 'send');
  assert.match(await officer.locator('main .kv-chip').first().innerText(), /chờ thủ trưởng/i);
  assert.equal(await officer.locator('a[href*="/dong/"]').count(), 0);
  await officer.context().close();
});

test('the head approves; Home Affairs gives it back, gathers it, and reminds a unit that has not answered', async () => {
  const administrator = await as('quan-tri');
  await open('/quan-tri/moi', administrator);
  const head = await account(administrator, { login: 'gd-tai-chinh', role: 'unit_head', unit: 'Sở Tài chính' });
  await administrator.context().close();
  const chief = await as(head.login, {}, head.password);
  await open('/ra-soat', chief);
  await follow(chief, chief.locator('tbody th a').first());
  await whole(chief, 'head');
  await step(chief, 'approve');
  const answer = pathOf(chief);
  await open(answer);
  await step(affairs, 'send_back');
  assert.deepEqual(await wrong(affairs), ['#reason']);
  await affairs.fill('#reason', 'Bổ sung lý do miễn');
  await step(affairs, 'send_back');
  const officer = await as('to-chuc');
  await open(answer, officer);
  assert.match(await officer.locator('main').innerText(), /Bổ sung lý do miễn/);
  await step(officer, 'send');
  await open(answer, chief);
  await step(chief, 'approve');
  await open(answer);
  await step(affairs, 'gather');
  await whole(affairs, 'gathered');
  assert.match(await affairs.locator('#thay-doi ~ ol').innerText(), /Nghỉ hưu tháng 3\/2027/);
  await open('/nhu-cau/tong-hop');
  assert.match(await affairs.locator('main').innerText(), /Sở Tài chính/);
  await whole(affairs, 'consolidated');
  await open('/nhu-cau?can-ngay=1&nam=2027');
  assert.match(await affairs.locator('tbody').innerText(), /Kỹ năng số/);
  await open(review);
  await follow(affairs, affairs.locator('tbody th a', { hasText: 'Sở Y tế' }));
  await affairs.fill('#reason', 'Gửi trong tuần');
  await step(affairs, 'remind');
  assert.match(await affairs.locator('main').innerText(), /Cấp trên đã nhắc/);
  await open(review);
  await whole(affairs, 'progress');
  await officer.context().close();
  await chief.context().close();
});

test('an official asks for training on a phone and reads its state', async () => {
  const learner = await as('nguoi-hoc', NARROW);
  await open('/ho-so', learner);
  await follow(learner, learner.locator('main a[href="/nhu-cau/de-nghi"]'));
  await submit(learner);
  assert.deepEqual(await wrong(learner), ['#words']);
  await learner.fill('#words', 'Tiếng Anh B1');
  await submit(learner);
  assert.match(await said(learner), /Đã gửi/);
  await whole(learner, 'asked');
  await follow(learner, learner.locator('tbody th a').first());
  await follow(learner, learner.locator('button[value="withdraw"]'));
  assert.match(await learner.locator('main').innerText(), /không phải nhu cầu/i);
  await learner.context().close();
});

test('a survey is written, answered once on a phone, and its results are read', async () => {
  await open('/khao-sat/moi');
  await fill(affairs, { 'title-of': 'Nhu cầu kỹ năng số', closes: '05/12/2026', 'cau-1': 'Mức cần thiết?', 'cau-2': 'Ý kiến khác?' });
  await affairs.selectOption('#kieu-1', 'scale_5');
  await affairs.selectOption('#kieu-2', 'text');
  await affairs.uncheck('[name="can-2"]');
  // The results of an anonymous one are shown when it is over; with names they are read at once.
  await affairs.uncheck('[name="anonymous"]');
  await submit(affairs);
  const survey = pathOf(affairs);
  await whole(affairs, 'survey-draft');
  await follow(affairs, affairs.locator('button[value="open"]'));
  const learner = await as('nguoi-hoc', NARROW);
  await open(survey, learner);
  await whole(learner, 'survey');
  await follow(learner, learner.locator('form.kv-sheet .btn-primary'));
  assert.deepEqual(await wrong(learner), ['#q1']);
  await learner.check('[name="q1"][value="4"]');
  await follow(learner, learner.locator('form.kv-sheet .btn-primary'));
  assert.match(await learner.locator('main').innerText(), /Bạn đã trả lời/);
  await learner.context().close();
  await open(`${survey}/ket-qua`);
  assert.match(await affairs.locator('main').innerText(), /Trung bình 4,00/);
  await whole(affairs, 'results');
});
