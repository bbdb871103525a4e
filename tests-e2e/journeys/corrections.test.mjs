// An official proposes corrections on a phone; the officer accepts one, refuses one; the official reads what became of them.
// Not for: every rule of a correction; the tests of the acts walk those on both engines.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { login, newPage, openBrowser, shot } from '../lib/browser.mjs';
import { faults, follow } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';

/** The narrowest phone that pages are made for. */
const NARROW = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

let server;
let browser;
let learner;
let officer;
before(async () => {
  server = await startServer(['--today', '2026-11-22']);
  browser = await openBrowser();
  learner = await as('nguoi-hoc', NARROW);
  officer = await as('so-noi-vu');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const as = async (name, options = {}) => {
  const opened = await newPage(browser, options);
  await login(opened, { login: name, password: 'khuevan', url: server.url });
  return opened;
};
const open = (path, by) => by.goto(server.url + path);
const submit = (of) => follow(of, of.locator('.kv-form .btn-primary'));
const said = (of) => of.locator('.kv-note.is-done').first().innerText();
const wrong = (of) => of.locator('#loi a').evaluateAll((links) => links.map((a) => a.hash));
/** Whole in both languages, with a picture of each. */
const whole = async (of, name) => {
  for (const lang of ['en', 'vi']) {
    await of.context().addCookies([{ name: 'lang', value: lang, url: server.url }]);
    await of.reload();
    assert.deepEqual(await faults(of), [], `${name}, ${lang}`);
    assert.doesNotMatch(await of.locator('main').innerText(), /Unknown localization/, `${name}, ${lang}`);
    await shot(of, `corrections-${name}-${lang}`);
  }
};

let own;
test('an official finds the way from the own record and proposes', async () => {
  await open('/ho-so', learner);
  await follow(learner, learner.locator('a[href$="/de-nghi"]'));
  own = new URL(learner.url()).pathname;
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
