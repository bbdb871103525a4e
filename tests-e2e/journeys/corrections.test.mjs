// An official proposes corrections on a phone; the officer accepts one, refuses one; the official reads what became of them.
// Not for: every rule of a correction; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NARROW, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { follow } from '../lib/page.mjs';

let learner;
let officer;
const { as, open, speak, whole: wholeIn } = openHouse('corrections', async () => {
  learner = await as('nguoi-hoc', NARROW);
  officer = await as('so-noi-vu');
});

/** The page that somebody stands on, whole in both languages. */
const whole = async (of, name) => {
  for (const lang of ['en', 'vi']) {
    await speak(of, lang);
    await of.reload();
    await wholeIn(of, name, lang);
  }
};

let own;
test('an official finds the way from the own record and proposes', async () => {
  await open('/ho-so', learner);
  await follow(learner, learner.locator('a[href^="/nhan-su/"][href$="/de-nghi"]'));
  own = pathOf(learner);
  await whole(learner, 'choose');
  await follow(learner, learner.locator('a[href$="/de-nghi/official/0"]'));
  await whole(learner, 'form');
  await learner.fill('#birth_on', '31/02/1980');
  await learner.fill('#words', 'Theo giấy khai sinh');
  await submit(learner);
  assert.deepEqual(await wrong(learner), ['#birth_on']);
  assert.equal(await learner.inputValue('#birth_on'), '31/02/1980');
  await learner.fill('#birth_on', '28/02/1980');
  await submit(learner);
  assert.match(await said(learner), /Đã gửi đề nghị/);
  await follow(learner, learner.locator('a[href$="/de-nghi/qualification/0"]'));
  await learner.fill('#words', 'Chứng chỉ tin học năm 2024');
  await submit(learner);
  assert.equal(await learner.locator('.kv-history > li').count(), 2);
});

test('the officer sees both, accepts one and refuses one with a reason', async () => {
  await open('/', officer);
  await follow(officer, officer.locator('nav a[href="/de-nghi"]').first());
  assert.equal(await officer.locator('.kv-history > li').count(), 2);
  await whole(officer, 'open');
  await follow(officer, officer.locator('.kv-history > li a.btn').first());
  await whole(officer, 'decide');
  const decided = officer.url();
  await submit(officer);
  assert.match(await said(officer), /Đã chấp nhận/);
  await follow(officer, officer.locator('.kv-history > li a.btn').first());
  await follow(officer, officer.locator('button[value="refuse"]'));
  assert.deepEqual(await wrong(officer), ['#answer']);
  await officer.fill('#answer', 'Chưa có bản sao chứng chỉ');
  await follow(officer, officer.locator('button[value="refuse"]'));
  assert.match(await said(officer), /không chấp nhận/);
  await open(new URL(decided).pathname, officer);
  assert.equal(await officer.locator('button[value="accept"]').count(), 0);
});

test('the official reads what became of them, and withdraws another', async () => {
  await open(own, learner);
  const told = await learner.locator('.kv-history').innerText();
  assert.match(told, /không chấp nhận[\s\S]*Chưa có bản sao chứng chỉ[\s\S]*đã chấp nhận/);
  await open('/ho-so', learner);
  assert.match(await learner.locator('main').innerText(), /28\/02\/1980/);
  await open(own, learner);
  await follow(learner, learner.locator('a[href*="/de-nghi/training_record/"]').first());
  await learner.check('#wrong');
  await learner.fill('#words', 'Tôi không học lớp này');
  await submit(learner);
  await whole(learner, 'told');
  await follow(learner, learner.locator('form[action*="rut-de-nghi"] button'));
  assert.match(await said(learner), /Đã rút/);
  assert.equal((await open('/de-nghi', learner)).status(), 403);
});
