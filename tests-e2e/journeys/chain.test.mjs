// From gap to approved plan, in one go: a review is opened, three communes answer, one of them late; Home Affairs gathers what they need into
// the plan of the next year, which covers the three targets of the decision 700/QĐ-TTg; Finance returns it once, the chair signs, it gets its
// number and goes out as a PDF; the forecasts of the targets move, and an amendment shows its difference.
// Not for: what each page looks like or refuses; `reviews`, `plans` and `papers` walk those.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { account, fill, openHouse, pathOf, said, submit } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

const COMMUNES = ['Xã Tiên Phước', 'Xã Lãnh Ngọc', 'Xã Thạnh Bình'];
const LATE = COMMUNES[2];
const PLAN = '/ke-hoach/2';
// What is added by hand beside the proposed lines, until each of the three targets is reached.
const LINES = [
  { target: 'T1.3', named: 'specialised', words: 'Bồi dưỡng chuyên ngành 3 tháng cho người chưa đáp ứng', days: '60', size: 40 },
  { target: 'T1.4', named: 'general_state', words: 'Kiến thức chung về quản lý nhà nước cho công chức xã', days: '10', size: 60 },
  { target: 'T1.5', named: 'sector', words: 'Nghiệp vụ theo ngành, lĩnh vực cho cấp xã', days: '4', size: 60 },
];

let affairs;
const { as, later, open, url } = openHouse('chain', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
/** Takes a step of an answer by its button. */
const step = (page, act) => follow(page, page.locator(`form[action$="/buoc"] button[value="${act}"]`));
/** Does something to the paper that a page shows. */
const press = (page, act) => follow(page, page.locator(`button[name="act"][value="${act}"]`));
const words = (page) => page.locator('main').innerText();
/** The text of a PDF. */
const pdf = async (page, path) => {
  const answer = await page.context().request.get(`${url()}${path}`);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  return execFileSync('pdftotext', ['-raw', '-', '-'], { input: await answer.body(), encoding: 'utf8' }).normalize('NFC').replaceAll(/\s+/g, ' ');
};
const number = (text) => Number(text.match(/[\d.,]+/)[0].replaceAll('.', '').replace(',', '.'));

const people = {};
test('accounts of three communes are made', async () => {
  const administrator = await as('quan-tri');
  for (const [place, unit] of COMMUNES.entries()) {
    people[unit] = {};
    for (const [name, role] of [['nhan-su', 'unit_hr'], ['chu-tich', 'unit_head']]) {
      await open('/quan-tri/moi', administrator);
      people[unit][role] = await account(administrator, { login: `${name}-${place + 1}`, role, unit });
    }
  }
  await administrator.context().close();
});

let review;
test('Home Affairs opens a review for them', async () => {
  await open('/ra-soat/moi');
  await fill(affairs, { 'title-of': 'Rà soát nhu cầu năm 2027', reason: 'Lập kế hoạch năm 2027', due: '30/11/2026' });
  for (const name of COMMUNES) {
    const box = affairs.getByLabel(name, { exact: true });
    await affairs.locator('details.kv-more', { has: box }).evaluate((details) => { details.open = true; });
    await box.check();
  }
  await submit(affairs);
  review = pathOf(affairs);
  await follow(affairs, affairs.locator('form[action$="/mo"] button'));
  assert.match(await said(affairs), /Đã mở đợt/);
});

test('its notice is signed by the director, numbered and issued', async () => {
  await open(review, affairs);
  await follow(affairs, affairs.locator('form[action$="/thong-bao"] button'));
  assert.match(await said(affairs), /Đã gửi văn bản/);
  for (const act of ['forward', 'sign', 'number', 'issue']) await press(affairs, act);
  const issued = (await words(affairs)).match(/\d+\/TB-SNV/)[0];
  assert.ok((await pdf(affairs, `${pathOf(affairs)}/ban.pdf`)).includes(`Số: ${issued}`));
  await open(review, affairs);
  assert.match(await words(affairs), new RegExp(issued));
  assert.deepEqual(await faults(affairs), []);
});

/** The officer of a unit confirms its list and adds a need; its chair approves. */
async function answer(unit) {
  const { unit_hr: keeper, unit_head: head } = people[unit];
  const officer = await as(keeper.login, {}, keeper.password);
  await open('/ra-soat', officer);
  await follow(officer, officer.locator('tbody th a').first());
  const list = pathOf(officer);
  while ((await officer.locator('form[action$="/xac-nhan"] button').count()) > 0) {
    await follow(officer, officer.locator('form[action$="/xac-nhan"] button').first());
  }
  await follow(officer, officer.locator('a[href$="/them"]'));
  await fill(officer, { people: '5', words: `Kỹ năng số của ${unit}` });
  await officer.check('#urgent-tick');
  await submit(officer);
  await open(list, officer);
  await step(officer, 'send');
  await officer.context().close();
  const chair = await as(head.login, {}, head.password);
  await open(list, chair);
  await step(chair, 'approve');
  await chair.context().close();
  return list;
}

const lists = [];
test('two communes answer in time; the third is late, is reminded, and answers', async () => {
  for (const unit of COMMUNES.filter((unit) => unit !== LATE)) lists.push(await answer(unit));
  await later('2026-12-03');
  affairs = await as('so-noi-vu');
  await open(review, affairs);
  const row = affairs.locator('tbody tr', { hasText: LATE });
  assert.match(await row.innerText(), /3 ngày/);
  await follow(affairs, row.locator('th a'));
  await affairs.fill('#reason', 'Đã quá hạn, gửi ngay');
  await step(affairs, 'remind');
  lists.push(await answer(LATE));
  await open(review, affairs);
  assert.match(await affairs.locator('tbody tr', { hasText: LATE }).innerText(), /3 ngày/);
});

test('Home Affairs gathers the three and finds them in the consolidated table', async () => {
  for (const list of lists) {
    await open(list, affairs);
    await step(affairs, 'gather');
  }
  await open('/nhu-cau/tong-hop', affairs);
  for (const unit of COMMUNES) assert.match(await words(affairs), new RegExp(unit));
  assert.deepEqual(await faults(affairs), []);
  await follow(affairs, affairs.locator('form[action*="/trinh"] button'));
  assert.match(await words(affairs), /Tổng hợp nhu cầu đào tạo, bồi dưỡng năm 2027/);
  assert.ok((await pdf(affairs, `${pathOf(affairs)}/ban.pdf`)).includes(`Kỹ năng số của ${COMMUNES[0]}`));
});

test('what the communes say cannot wait stands below the urgent list', async () => {
  await open('/thieu/can-ngay', affairs);
  const below = await affairs.locator('section[aria-labelledby="chua-neu-ten"]').innerText();
  for (const unit of COMMUNES) assert.ok(below.includes(`Kỹ năng số của ${unit}`), below);
  assert.deepEqual(await faults(affairs), []);
});

/** How many people a plan leaves without a class. */
const uncovered = async () => {
  await open(`${PLAN}/trinh`, affairs);
  return number((await words(affairs)).match(/([\d.]+) người chưa có/)[1]);
};
/** What a plan does to a target: how many are still missing with it, by its row of effects. */
const effect = async (target) => {
  await open(`${PLAN}/tac-dong`, affairs);
  const cells = affairs.locator('#muc-tieu').locator('xpath=../..').locator('tbody tr', { hasText: target }).locator('td');
  return { now: number(await cells.nth(0).innerText()), after: number(await cells.nth(2).innerText()) };
};

const missing = {};
const forecast = {};
test('its plan takes the needs in and covers the three targets of the decision', async () => {
  const before = await uncovered();
  await open(`${PLAN}/de-xuat`, affairs);
  await follow(affairs, affairs.locator('main form .btn-primary'));
  assert.match(await said(affairs), /Đã đưa các dòng đề xuất/);
  assert.ok(await uncovered() < before);
  for (const { target } of LINES) {
    await open(`/chi-tieu/${target}`, affairs);
    const text = await words(affairs);
    missing[target] = number(text.match(/Còn thiếu ([\d.]+) người/)[1]);
    forecast[target] = number(text.match(/được tổ chức: (\S+)/)[1]);
  }
  for (const { target, named, words: title, days, size } of LINES) {
    await open(`${PLAN}/dong/moi`, affairs);
    const classes = Math.ceil(missing[target] / size);
    await fill(affairs, {
      words: title, classes: String(classes), class_size: String(size), months: '3-11', days,
      seats: `*: ${missing[target]}`, cost: String(classes * 30_000_000), cost_basis: 'Số lớp nhân định mức',
    });
    await affairs.selectOption('#named', named);
    await affairs.selectOption('#source', 'central');
    const saved = await follow(affairs, affairs.locator('.kv-form .btn-primary'));
    assert.equal(saved.status(), 200, await affairs.locator('#loi').allInnerTexts().then(String));
    const { now, after } = await effect(target);
    assert.ok(after > now && after >= (target === 'T1.4' ? 50 : 100), `${target}: ${now} → ${after}`);
  }
});

let paper;
test('the plan goes to Finance, comes back once, and the chair signs it', async () => {
  await open(`${PLAN}/trinh`, affairs);
  await submit(affairs);
  assert.match(await said(affairs), /Đã trình kế hoạch/);
  await open(PLAN, affairs);
  await follow(affairs, affairs.locator('main a[href^="/van-ban/"]').first());
  paper = pathOf(affairs);
  await press(affairs, 'forward');
  const finance = await as('tai-chinh');
  await open(paper, finance);
  await finance.fill('#words', 'Chưa nêu định mức của lớp 3 tháng');
  await press(finance, 'return:gather');
  await open(paper, affairs);
  assert.match(await words(affairs), /Chưa nêu định mức của lớp 3 tháng/);
  await affairs.fill('#words', 'Đã bổ sung định mức');
  await press(affairs, 'forward');
  await open(paper, finance);
  await finance.fill('#words', 'Cân đối được nguồn');
  await press(finance, 'opine:agree');
  await open(paper, affairs);
  await press(affairs, 'forward');
  const chair = await as('lanh-dao');
  await open(paper, chair);
  await press(chair, 'sign');
  assert.match(await words(chair), /CHỦ TỊCH/);
  await open(paper, affairs);
  await press(affairs, 'number');
  await press(affairs, 'issue');
});

test('the plan is in force under its number, and its PDF says so', async () => {
  const issued = (await words(affairs)).match(/\d+\/KH-UBND/)[0];
  await open(PLAN, affairs);
  assert.match(await words(affairs), new RegExp(issued));
  const text = await pdf(affairs, `${PLAN}/ban.pdf`);
  const expected = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', `Số: ${issued}`, 'ngày 03 tháng 12 năm 2026', 'CHỦ TỊCH', ...LINES.map((line) => line.words)];
  for (const words of expected) assert.ok(text.includes(words), `${words} is not in the PDF:\n${text}`);
  for (const { target } of LINES) assert.match(text, new RegExp(missing[target].toLocaleString('vi-VN').replaceAll('.', '\\.')));
});

test('the forecasts of the three targets move', async () => {
  for (const { target } of LINES) {
    await open(`/chi-tieu/${target}`, affairs);
    const now = number((await words(affairs)).match(/được tổ chức: (\S+)/)[1]);
    assert.ok(now > forecast[target] + 10, `${target}: ${forecast[target]} → ${now}`);
  }
});

test('an amendment shows its difference', async () => {
  await open(`${PLAN}/viec/sua-doi`, affairs);
  await fill(affairs, { reason: 'Bớt lớp do thiếu giảng viên' });
  await submit(affairs);
  await open(PLAN, affairs);
  await follow(affairs, affairs.locator('main a[href*="/dong/"]', { hasText: LINES[2].words }).first());
  await fill(affairs, { cost: '500.000.000' });
  await submit(affairs);
  await open(`${PLAN}/so-sanh?truoc=1&sau=2`, affairs);
  const classes = Math.ceil(missing['T1.5'] / 60);
  const less = classes * 30_000_000 - 500_000_000;
  assert.match(await words(affairs), new RegExp(`[−-]${less.toLocaleString('vi-VN').replaceAll('.', '\\.')}`));
  assert.deepEqual(await faults(affairs), []);
});
