// The map of classes: places of classes as circles, one class with who comes from how far, a place that is missing set from the list of what is
// missing, a mistake in it told, the way to a class, a cluster of a plan, the file; what an officer of a unit and a learner see of it.
// Not for: where a class is held in every case, or laws of maps; those are cases of the service and of the domain.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, openHouse, pathOf, said, submit, wrong } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

let affairs;
const { as, looks, open, speak, whole } = openHouse('map', async () => {
  affairs = await as('so-noi-vu');
  return affairs;
});
const words = (page) => page.locator('main').innerText();
const CLUSTER = 'Kỹ năng số và khai thác dữ liệu dùng chung cho công chức cấp xã, cụm 1';

test('the list leads to the map, whose circles are links that a finger hits and a keyboard reaches', async () => {
  await open('/lop');
  await follow(affairs, affairs.locator('.kv-acts a', { hasText: 'Bản đồ' }));
  assert.equal(pathOf(affairs), '/lop/ban-do');
  const marks = affairs.locator('.kv-map a.mark');
  assert.ok((await marks.count()) > 5);
  for (const name of await marks.evaluateAll((all) => all.map((a) => a.getAttribute('aria-label')))) assert.match(name, /: .*người/);
  const phone = await as('so-noi-vu', { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  await open('/lop/ban-do', phone);
  const boxes = await phone.locator('.kv-map .finger').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2, size: Math.min(box.width, box.height) })));
  for (const box of boxes) assert.ok(box.size >= 24, `a circle of ${box.size} px`);
  for (const [at, one] of boxes.entries()) {
    for (const other of boxes.slice(at + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 24, 'two circles lie upon each other');
  }
  await phone.context().close();
  await affairs.locator('.kv-map a.mark').first().focus();
  assert.equal(await affairs.evaluate(() => document.activeElement.tagName.toLowerCase()), 'a');
});

test('a class is chosen, and each unit is told with people and distance, the farthest and a better place', async () => {
  await follow(affairs, affairs.locator('.kv-map-classes a', { hasText: CLUSTER }));
  const card = affairs.locator('.kv-looked');
  assert.match(await card.innerText(), /Xã Tiên Phước/);
  assert.match(await card.innerText(), /Xa nhất/);
  assert.match(await card.innerText(), /Gợi ý/);
  const rows = card.locator('tbody tr');
  assert.ok((await rows.count()) > 3);
  const far = await rows.locator('td:last-child').allInnerTexts();
  const km = far.filter((text) => text.includes('km')).map((text) => Number(text.match(/([\d.]+),(\d) km/)?.slice(1).join('.') ?? NaN));
  assert.deepEqual(km, [...km].sort((a, b) => a - b), 'the nearest first');
  assert.match(await words(affairs), /đường thẳng, không phải đường đi/);
  assert.equal(await affairs.locator('.kv-map a.mark.is-chosen').count(), 1);
  assert.ok(await affairs.locator('.kv-map path.own').count());
});

test('the page of the class leads the way there, and back to the map', async () => {
  await follow(affairs, affairs.locator('#dang-xem a'));
  assert.match(await affairs.locator('.kv-way a').getAttribute('href'), /^geo:15\.\d{6},108\.\d{6}$/);
  await follow(affairs, affairs.locator('a', { hasText: 'Xem trên bản đồ' }));
  assert.equal(pathOf(affairs), '/lop/ban-do');
});

test('a unit without a place is found under the map; a place that is none is refused, and a good one is kept with its history', async () => {
  await open('/lop/ban-do');
  await affairs.locator('#don-vi-chua-co summary').click();
  const link = affairs.locator('#don-vi-chua-co a').first();
  const name = await link.innerText();
  await follow(affairs, link);
  await fill(affairs, { spot: '108.4740, 15.5736', reason: 'theo bản đồ hành chính' });
  assert.equal((await submit(affairs)).status(), 422);
  assert.deepEqual(await wrong(affairs), ['#spot']);
  assert.match(await affairs.locator('#loi').innerText(), /đang đổi chỗ/);
  assert.deepEqual(await faults(affairs), []);
  await whole(affairs, 'refused', 'vi');
  assert.equal(await affairs.inputValue('#spot'), '108.4740, 15.5736');
  await fill(affairs, { spot: '15°34′24,96″B 108°28′26,4″Đ' });
  await submit(affairs);
  assert.match(await said(affairs), /Đã ghi toạ độ/);
  assert.match(await affairs.locator('section', { has: affairs.locator('#toa-do') }).innerText(), /15\.573600, 108\.474000/);
  await open('/lop/ban-do');
  assert.ok(!(await affairs.locator('#don-vi-chua-co').innerText()).includes(name));
});

test('filters stay when a class is looked at, and the file has the same', async () => {
  await open('/lop/ban-do?trang-thai=enrolling');
  await follow(affairs, affairs.locator('.kv-map-classes a', { hasText: CLUSTER }));
  assert.match(affairs.url(), /trang-thai=enrolling.*lop=LOP-2026/);
  const href = await affairs.locator('a', { hasText: 'CSV' }).getAttribute('href');
  assert.match(href, /trang-thai=enrolling/);
  const text = await affairs.evaluate(async (path) => (await fetch(path)).text(), href);
  assert.match(text, /Cách \(mét, đường thẳng\)/);
  assert.match(text, /Kỹ năng số và khai thác dữ liệu/);
});

test('whoever sees no people sees places, whoever sees no classes sees nothing', async () => {
  const learner = await as('nguoi-hoc');
  await open('/lop/ban-do', learner);
  assert.ok(await learner.locator('.kv-map a.mark').count());
  assert.equal(await learner.locator('#don-vi-chua-co').count(), 0);
  await open('/ho-so', learner);
  assert.match(await learner.locator('.kv-mine .kv-way a').first().getAttribute('href'), /^geo:/);
  await learner.context().close();
  const officer = await as('to-chuc');
  await open('/lop/ban-do', officer);
  await follow(officer, officer.locator('.kv-map-classes a', { hasText: CLUSTER }));
  assert.match(await officer.locator('.kv-looked').innerText(), /người của đơn vị khác/);
  assert.equal(await officer.locator('a[href$="/toa-do"]').count(), 0);
  await officer.context().close();
  const administrator = await as('quan-tri');
  assert.equal((await open('/lop/ban-do', administrator)).status(), 403);
  await administrator.context().close();
});

test('the map looks as it should, on every screen in both languages', async () => {
  await open('/lop/ban-do?trang-thai=enrolling');
  const href = await affairs.locator('.kv-map-classes a').first().getAttribute('href').then((found) => found.split('#')[0]);
  await looks('all', '/lop/ban-do');
  await looks('class', href);
  await looks('none', '/lop/ban-do?q=khong-co-lop-nao');
  await looks('set', '/don-vi/H99.03/toa-do');
  await looks('mine', '/ho-so', 'nguoi-hoc');
  const dark = await as('so-noi-vu', { colorScheme: 'dark' });
  await speak(dark, 'vi');
  await open(href, dark);
  await whole(dark, 'class-dark', 'vi');
  await dark.context().close();
});
