// Saying that something was reached or done, with the evidence: a yes/no target and a task; what is refused, what changes, who may.
// Not for: figures that are counted; nobody sets those by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, shot } from '../lib/browser.mjs';
import { openHouse, pathOf, said, wrong } from '../lib/house.mjs';
import { faults, follow, post } from '../lib/page.mjs';

const TARGET = '/chi-tieu/T2.6';
const SCHEME = '/de-an/quang-nam-2024';
const EVIDENCE = 'Quyết định 123/QĐ-UBND ngày 05/11/2026';

let page;
const { as, open, speak } = openHouse('evidence', async () => {
  page = await as('so-noi-vu');
  return page;
});

const targetForm = (of = page) => of.locator('form[action$="/ket-qua"]');
const send = (form) => follow(page, form.locator('button'));
const number = async (locator) => Number((await locator.innerText()).replaceAll('.', '').match(/\d+/)[0]);
const met = (of = page) => number(of.locator('.kv-facet.is-met b'));
/** Codes of the tasks of a lane of the board; none when the lane is not there. */
const lane = (state, of = page) => of.locator(`h3:has(.kv-chip.is-${state}) + ul > li`).evaluateAll((items) => items.map((item) => item.id.slice(3)));
const lateOnDashboard = () => number(page.locator('[aria-labelledby="viec"] .kv-chip.is-late'));

test('a yes/no target is not set without a choice, evidence, or a day that has come; what was typed stays', async () => {
  await open(TARGET);
  assert.deepEqual(await faults(page), []);
  for (const [choice, day, evidence, field] of [
    [null, '05/11/2026', EVIDENCE, 'reached-yes'],
    ['yes', '05/11/2026', '', 'evidence'],
    ['yes', '05/11/2026', '   ', 'evidence'],
    ['yes', '23/11/2026', EVIDENCE, 'on'],
    ['no', '31/02/2026', EVIDENCE, 'on'],
  ]) {
    const tried = `${choice}, ${day}, “${evidence}”`;
    await open(TARGET);
    const form = targetForm();
    if (choice) await form.locator(`[name="reached"][value="${choice}"]`).check();
    await form.locator('#on').fill(day);
    await form.locator('#evidence').fill(evidence);
    assert.equal((await send(form)).status(), 422, tried);
    assert.deepEqual(await wrong(page), [`#${field}`], tried);
    assert.ok(await page.locator(`#${field}-sai`).isVisible(), tried);
    assert.equal(await form.locator('[name="reached"]:checked').evaluateAll((boxes) => boxes[0]?.value ?? null), choice, tried);
    assert.deepEqual([await page.inputValue('#on'), await page.inputValue('#evidence')], [day, evidence], tried);
    assert.equal(await page.locator('.kv-hero .kv-big').innerText(), 'Chưa', tried);
    assert.deepEqual(await faults(page), [], tried);
  }
  await shot(page, 'evidence-refused');
});

test('after a refusal language and theme can be changed, and the page is still there', async () => {
  for (const change of ['.kv-lang button[value="en"]', '.kv-lang button[value="vi"]', 'button[name="theme"]']) {
    await open(TARGET);
    await targetForm().locator('#evidence').fill('');
    await targetForm().locator('#reached-yes').check();
    assert.equal((await send(targetForm())).status(), 422);
    const answer = await follow(page, page.locator(change));
    assert.equal(answer.status(), 200, `${change} leads to ${pathOf(page)}`);
    assert.equal(pathOf(page), TARGET);
  }
});

test('a target that was reached is met at once, on its page and on the dashboard', async () => {
  await speak(page, 'vi');
  await open('/');
  const before = await met();
  await open(TARGET);
  await targetForm().locator('#reached-yes').check();
  await targetForm().locator('#on').fill('05/11/2026');
  await targetForm().locator('#evidence').fill(EVIDENCE);
  await send(targetForm());
  assert.equal(pathOf(page), TARGET);
  assert.match(await said(page), /Đã ghi nhận kết quả/);
  assert.equal(await page.locator('.kv-hero .kv-big').innerText(), 'Đạt');
  assert.match(await page.locator('.kv-hero .kv-chip').innerText(), /^Đạt$/);
  assert.match(await page.locator('main').innerText(), new RegExp(`Đã ghi nhận đạt ngày 05/11/2026\\. Minh chứng: ${EVIDENCE}`));
  assert.deepEqual(await faults(page), []);
  await shot(page, 'evidence-target');
  await open('/');
  assert.equal(await met(), before + 1);
  // The day before the evidence it was not reached.
  await open('/?ngay=2026-11-04');
  const line = page.locator('tr', { has: page.locator('td.code', { hasText: /^T2\.6$/ }) });
  assert.match(await line.locator('td.num strong').innerText(), /^Chưa$/);
});

test('a yes/no target that was missed does not speak of missing people', async () => {
  await open('/chi-tieu/T3.3');
  assert.match(await page.locator('.kv-hero .kv-chip').innerText(), /Không đạt/);
  assert.doesNotMatch(await page.locator('.kv-todo').innerText(), /\d+ người/);
});

test('a task that is late is done with evidence, leaves its lane and is not late on the dashboard any more', async () => {
  await open('/');
  const lateBefore = await lateOnDashboard();
  await open(SCHEME);
  const late = await lane('late');
  const doneBefore = await lane('done');
  // One deadline behind it: done is then done.
  const once = page.locator('h3:has(.kv-chip.is-late) + ul > li').filter({ hasNotText: 'hạn đã qua' }).filter({ hasNotText: 'Gần nhất' });
  const id = await once.first().getAttribute('id');
  const code = id.slice(3);
  assert.ok(late.includes(code) && !doneBefore.includes(code));
  const item = page.locator(`[id="${id}"]`);
  const form = item.locator('form');

  for (const [day, evidence, field] of [['05/11/2026', '', 'evidence'], ['23/11/2026', EVIDENCE, 'on'], ['31/02/2026', EVIDENCE, 'on']]) {
    const tried = `${day}, “${evidence}”`;
    await open(SCHEME);
    await item.locator('summary').click();
    await form.locator('[name="on"]').fill(day);
    await form.locator('[name="evidence"]').fill(evidence);
    assert.equal((await send(form)).status(), 422, tried);
    assert.deepEqual(await wrong(page), [`#${field}-${code}`], tried);
    assert.ok(await form.isVisible(), `${tried}: the form is shut`);
    assert.deepEqual([await form.locator('[name="on"]').inputValue(), await form.locator('[name="evidence"]').inputValue()], [day, evidence], tried);
    assert.deepEqual(await lane('late'), late, tried);
    assert.deepEqual(await faults(page), [], tried);
  }
  await shot(page, 'evidence-task-refused');

  await open(SCHEME);
  await item.locator('summary').click();
  await form.locator('[name="on"]').fill('05/11/2026');
  await form.locator('[name="evidence"]').fill(EVIDENCE);
  await send(form);
  assert.equal(pathOf(page), SCHEME);
  assert.match(await said(page), /Đã ghi nhận/);
  assert.deepEqual(await lane('late'), late.filter((other) => other !== code));
  assert.ok((await lane('done')).includes(code), 'the task is in another lane than done');
  assert.match(await item.innerText(), new RegExp(`Gần nhất 05/11/2026: ${EVIDENCE}`));
  assert.equal(await item.locator('form').count(), 0);
  assert.deepEqual(await faults(page), []);
  await open('/');
  assert.equal(await lateOnDashboard(), lateBefore - 1);
});

test('a refused day marks the day of that task, and no other form', async () => {
  await open(SCHEME);
  const [code] = await lane('late');
  const form = page.locator(`[id="nv-${code}"] form`);
  await page.locator(`[id="nv-${code}"] summary`).click();
  await form.locator('[name="on"]').fill('23/11/2026');
  await form.locator('[name="evidence"]').fill(EVIDENCE);
  assert.equal((await send(form)).status(), 422);
  assert.equal(await form.locator('[name="on"]').getAttribute('aria-invalid'), 'true', 'the wrong day is not marked');
  assert.equal(await form.locator('[name="evidence"]').getAttribute('aria-invalid'), null, 'the evidence is marked and is not wrong');
  const others = await page.locator(`li:not([id="nv-${code}"]) form [name="on"]`).evaluateAll((fields) => [...new Set(fields.map((f) => f.value))]);
  assert.deepEqual(others, ['22/11/2026'], 'the refused day stands in the forms of other tasks');
});

test('who may not record evidence sees no form and is refused', async () => {
  for (const [name, options] of [['lanh-dao', {}], ['thanh-tra', PHONE], ['to-chuc', {}]]) {
    const other = await as(name, options);
    await open('/chi-tieu/T3.3', other);
    assert.match(await other.locator('h1').innerText(), /T3\.3/, name);
    assert.equal(await targetForm(other).count(), 0, name);
    await open(SCHEME, other);
    assert.ok((await lane('late', other)).length > 0, name);
    assert.equal(await other.locator('form[action*="/nhiem-vu/"]').count(), 0, name);
    const [task] = await lane('late', other);
    for (const [to, fields] of [
      ['/chi-tieu/T3.3/ket-qua', { reached: 'yes', on: '05/11/2025', evidence: EVIDENCE }],
      [`${SCHEME}/nhiem-vu/${task}`, { deadline: '', on: '05/11/2026', evidence: EVIDENCE }],
    ]) {
      const answer = await post(other, to, fields);
      assert.equal(answer.status, 403, `${name} ${to}`);
      // Refused for want of a role, not for a form that has grown old.
      assert.match(answer.text, /Vai trò làm được việc này/, `${name} ${to}`);
    }
    await other.context().close();
  }
  await open('/chi-tieu/T3.3');
  assert.equal(await page.locator('.kv-hero .kv-big').innerText(), 'Chưa');
});
