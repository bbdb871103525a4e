// Daily work with the pages: searching by keyboard, figures of another day and unit, lists and tables taken along, language and theme,
// paper, and the narrowest screen.
// Not for: whether the figures are right; the Rust tests count them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axe, shot } from '../lib/browser.mjs';
import { openHouse, pathOf } from '../lib/house.mjs';
import { faults, follow } from '../lib/page.mjs';

// Every kind of page an officer meets.
const MAIN_PAGES = [
  '/', '/nhiem-vu', '/de-an', '/de-an/quang-nam-2024', '/de-an/moi', '/chi-tieu/T2.1', '/chi-tieu/T0.10', '/chi-tieu/T2.6', '/chi-tieu/T2.1/nguoi?ben=thieu',
  '/don-vi', '/don-vi/H99.04', '/nhan-su', '/thong-ke', '/thong-ke/1', '/thong-ke/6', '/chat-luong', '/tim?q=nguyen', '/tai-khoan',
];
const SCHEME = '/de-an/quang-nam-2024';
const TARGET = '/chi-tieu/T2.1';

let page;
const { as, open, speak, url } = openHouse('work', async () => {
  page = await as('so-noi-vu');
  return page;
});

const here = () => new URL(page.url());
const asked = (name) => here().searchParams.get(name);
const value = () => page.locator('.kv-hero .kv-big').innerText();

/** Types into the search box by keyboard alone and waits for what hangs below it. */
async function search(words) {
  await page.keyboard.press('Control+k');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tim');
  const answered = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === words);
  await page.keyboard.type(words);
  await (await answered).finished();
  await page.locator('#tim-goi-y .kv-hits').waitFor();
  return page.locator('#tim-goi-y a strong').allInnerTexts();
}

/** Walks down to a hit and opens it with Enter; gives where it leads. */
async function openHit(name) {
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('ArrowDown');
    if ((await page.locator('#tim-goi-y a:focus strong').allInnerTexts())[0] !== name) continue;
    await Promise.all([page.waitForURL((url) => url.pathname !== '/'), page.keyboard.press('Enter')]);
    await page.waitForLoadState();
    return pathOf(page);
  }
  return assert.fail(`${name} is not reached with the arrow key`);
}

test('Ctrl+K finds people, units, schemes and targets, with or without marks, and Enter opens them', async () => {
  for (const [marked, plain, name, place] of [
    ['Đặng Đình', 'dang dinh', /^Đặng Đình /, /^\/nhan-su\/QN\d+$/],
    ['Sở Nội vụ', 'so noi vu', /^Sở Nội vụ$/, /^\/don-vi\/H99\.[\d.]+$/],
    ['chuyên sâu cho lãnh đạo', 'chuyen sau cho lanh dao', /^Đào tạo, bồi dưỡng chuyên sâu cho lãnh đạo/, /^\/de-an\/quang-nam-2024$/],
    ['đoàn bồi dưỡng ở nước ngoài', 'doan boi duong o nuoc ngoai', /^Đoàn bồi dưỡng ở nước ngoài/, /^\/chi-tieu\/T2\.2$/],
  ]) {
    await open('/');
    const found = await search(marked);
    const hit = found.find((text) => name.test(text));
    assert.ok(hit, `${marked} finds ${found}`);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#tim-goi-y a').count(), 0, 'Escape does not put the hits away');
    await open('/');
    assert.deepEqual(await search(plain), found, `${plain} finds something else than ${marked}`);
    if (place.test('/de-an/quang-nam-2024')) {
      assert.deepEqual(await axe(page, 'header'), []);
      await shot(page, 'search-drop');
    }
    assert.match(await openHit(hit), place);
    assert.ok((await page.locator('h1').innerText()).includes(hit), `${await page.locator('h1').innerText()} is not ${hit}`);
  }
});

test('Enter in the box leads to all results; what is not there is said', async () => {
  await open('/');
  await search('dang');
  await Promise.all([page.waitForURL(/\/tim\?q=dang$/), page.keyboard.press('Enter')]);
  assert.ok((await page.locator('main .kv-hits a strong').allInnerTexts()).some((text) => text.startsWith('Đặng ')));
  assert.deepEqual(await faults(page), []);
  await open('/tim?q=khongcoainhuthe');
  assert.equal(await page.locator('main .kv-hits a').count(), 0);
  assert.match(await page.locator('main .kv-hits').innerText(), /Không tìm thấy/);
});

test('search is reached on a phone, too', async () => {
  const phone = await as('so-noi-vu', { viewport: { width: 360, height: 740 } });
  await open('/', phone);
  const ways = phone.locator('input[name="q"]:visible, a[href^="/tim"]:visible');
  if ((await ways.count()) === 0) await phone.locator('.kv-menu summary').click();
  assert.ok((await ways.count()) > 0, 'neither a box nor a link leads to the search');
  await phone.context().close();
});

test('on a phone the long parts of a scheme are folded, except the one that is asked for', async () => {
  const phone = await as('so-noi-vu', { viewport: { width: 360, height: 740 } });
  await open(SCHEME, phone);
  assert.deepEqual(await phone.locator('details.kv-fold').evaluateAll((folds) => folds.map((fold) => fold.open)), [false, false, false, false]);
  assert.deepEqual(await faults(phone), []);
  const task = await phone.locator('#nhiem-vu li[id]').first().getAttribute('id');
  await phone.goto('about:blank');
  await open(`${SCHEME}#${task}`, phone);
  await phone.locator(`[id="${task}"]`).waitFor();
  const isInSight = (item) => item.getBoundingClientRect().top >= 0 && item.getBoundingClientRect().top < window.innerHeight;
  await phone.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  assert.ok(await phone.locator(`[id="${task}"]`).evaluate(isInSight), 'the task is out of sight');
  await phone.locator('.kv-jump a[href="#quy-tac"]').click();
  await phone.locator('#quy-tac table').waitFor();
  await phone.context().close();
});

test('day and unit change the figures, stay in the address, and travel along', async () => {
  await open(TARGET);
  const today = await value();
  await page.fill('#ngay', '31/12/2025');
  await page.keyboard.press('Tab');
  await page.waitForURL(/ngay=31/);
  await page.locator('.kv-lead', { hasText: '31/12/2025' }).waitFor();
  const past = await value();
  assert.notEqual(past, today);
  await page.selectOption('#don-vi', { label: 'Sở Tài chính' });
  await page.waitForURL(/don-vi=H99/);
  await page.locator('.kv-lead', { hasText: 'Sở Tài chính' }).waitFor();
  const unit = asked('don-vi');
  assert.deepEqual([asked('ngay'), await page.inputValue('#ngay')], ['31/12/2025', '31/12/2025']);
  const own = await value();
  assert.notEqual(own, past);
  assert.deepEqual(await faults(page), []);
  await shot(page, 'day-and-unit');

  await page.reload();
  assert.equal(await value(), own, 'the address alone shows other figures');
  await page.goBack();
  await page.locator('.kv-lead', { hasText: 'Tỉnh Quảng Nam' }).waitFor();
  assert.equal(await value(), past, 'Back shows other figures');
  await page.goForward();
  await page.locator('.kv-lead', { hasText: 'Sở Tài chính' }).waitFor();

  await follow(page, page.locator('.kv-crumbs a').first());
  assert.equal(pathOf(page), SCHEME);
  assert.deepEqual([asked('ngay'), asked('don-vi')], ['2025-12-31', unit]);
  assert.match(await page.locator('.kv-lead').first().innerText(), /Sở Tài chính[^]*31\/12\/2025/);
  const line = page.locator('tr', { has: page.locator('td.code', { hasText: /^T2\.1$/ }) });
  assert.equal(await line.locator('td.num strong').first().innerText(), own);
});

test('language and theme keep the page, its day and its unit', async () => {
  const at = `${TARGET}?ngay=2025-12-31&don-vi=H99.04`;
  await open(at);
  const shown = (await value()).replace(',', '.');
  await follow(page, page.locator('.kv-lang button[value="en"]'));
  assert.equal(here().pathname + here().search, at);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal((await value()).replaceAll(' ', ''), shown.replaceAll(/\s/g, ''));
  assert.match(await page.locator('h1').innerText(), /Leaders of the four groups/);
  assert.deepEqual(await axe(page), []);

  // Auto, dark, light, auto.
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const colours = [];
  for (const theme of ['dark', 'light', null]) {
    await follow(page, page.locator('button[name="theme"]'));
    assert.equal(here().pathname + here().search, at);
    assert.equal(await page.locator('html').getAttribute('data-bs-theme'), theme);
    colours.push(await paper());
    assert.deepEqual(await axe(page), [], theme ?? 'auto');
    if (theme === 'dark') await shot(page, 'dark-target');
  }
  assert.notEqual(colours[0], colours[1]);
  // The third follows the device.
  assert.equal(colours[2], colours[1]);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await paper(), colours[0]);
  await page.emulateMedia({ colorScheme: null });
  await follow(page, page.locator('.kv-lang button[value="vi"]'));
  assert.equal(await page.locator('html').getAttribute('lang'), 'vi');
});

test('language keeps a day and a unit that were just picked', async () => {
  await open(TARGET);
  await page.fill('#ngay', '31/12/2025');
  await page.keyboard.press('Tab');
  await page.waitForURL(/ngay=31/);
  await page.locator('.kv-lead', { hasText: '31/12/2025' }).waitFor();
  const shown = await value();
  await follow(page, page.locator('.kv-lang button[value="en"]'));
  const inEnglish = await value();
  const day = asked('ngay');
  await follow(page, page.locator('.kv-lang button[value="vi"]'));
  assert.deepEqual([day, inEnglish.replace('.', ',').replace(/\s/g, '')], ['31/12/2025', shown.replace(/\s/g, '')], 'the picked day is lost');
});

test('late tasks of all documents are one list, by who leads, and each leads to its board', async () => {
  await open('/');
  const late = Number((await page.locator('[aria-labelledby="viec"] .kv-chip.is-late').innerText()).match(/\d+/)[0]);
  await follow(page, page.locator('[aria-labelledby="viec"] a.kv-chip.is-late'));
  assert.deepEqual([pathOf(page), asked('trang-thai')], ['/nhiem-vu', 'late']);
  const rows = page.locator('main tbody tr');
  assert.equal(await rows.count(), late);
  assert.deepEqual(await faults(page), []);
  const days = (await rows.locator('td.code').allInnerTexts()).map((day) => day.split('/').reverse().join('-'));
  assert.deepEqual(days, [...days].sort(), 'the oldest deadline is not first');
  const leads = await rows.first().locator('td[data-label="Cơ quan chủ trì"]').innerText();
  const lead = (await page.locator('#chu-tri option').allInnerTexts()).slice(1).find((name) => leads.includes(name));
  await page.selectOption('#chu-tri', { label: lead });
  await follow(page, page.locator('form:has(#chu-tri) button'));
  const led = await rows.locator('td[data-label="Cơ quan chủ trì"]').allInnerTexts();
  assert.ok(led.length > 0 && led.length < late && led.every((names) => names.includes(lead)));
  await shot(page, 'late-tasks');
  await follow(page, rows.first().locator('th a').first());
  assert.match(pathOf(page), /^\/de-an\//);
  assert.ok(await page.locator(here().hash.replaceAll('.', '\\.')).isVisible());
});

test('the people behind a target are taken along as Excel and CSV', async () => {
  await open(`${TARGET}?ngay=2025-12-31&don-vi=H99.04`);
  await follow(page, page.locator('.kv-hero a[href*="ben=thieu"]'));
  const missing = Number((await page.locator('.kv-tabs [aria-current] b').innerText()).replaceAll('.', ''));
  assert.ok(missing > 0);
  const names = await page.locator('tbody th').allInnerTexts();
  assert.deepEqual(await faults(page), []);

  const take = async (ending) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`a[download][href*=".${ending}?"]`).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const csv = await take('csv');
  assert.equal(csv.name, 'T2.1-thieu-2025-12-31.csv');
  assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'Excel reads a file without this mark as another encoding');
  const lines = new TextDecoder('utf-8', { fatal: true }).decode(csv.bytes).trimEnd().split('\r\n');
  assert.match(lines[0], /Mã,Họ và tên,/);
  assert.equal(lines.length, missing + 1);
  const listed = lines.slice(1).map((line) => line.split(',')[1]);
  assert.deepEqual(listed.slice(0, names.length), names);
  assert.ok(listed.some((name) => /[ạảãầấậăắđơờưữị]/i.test(name)));

  const xlsx = await take('xlsx');
  assert.equal(xlsx.name, 'T2.1-thieu-2025-12-31.xlsx');
  assert.equal(xlsx.bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
  assert.ok(xlsx.bytes.length > 4_000 && xlsx.bytes.includes('xl/worksheets/sheet1.xml'));

  const leader = await as('lanh-dao');
  await open(`${TARGET}/nguoi?ben=thieu`, leader);
  assert.ok((await leader.locator('tbody tr').count()) > 0);
  assert.equal(await leader.locator('a[download]').count(), 0);
  assert.equal((await leader.request.get(`${url()}${TARGET}/nguoi.csv?ben=thieu`)).status(), 403);
  await leader.context().close();
});

test('a table of the statistics has its figures, its chart and its workbook', async () => {
  for (const table of ['1', '3']) {
    await open(`/thong-ke/${table}`);
    const rows = page.locator('.kv-stat-table tbody tr');
    assert.ok((await rows.count()) > 2, table);
    const cells = await rows.locator('td').allInnerTexts();
    assert.ok(cells.some((cell) => /[1-9]/.test(cell)), table);
    const chart = page.locator('.kv-stat svg[role="img"]');
    assert.ok((await chart.getAttribute('aria-label')).length > 10, table);
    const tall = await chart.locator('rect[class^="kv-part-"]').evaluateAll((bars) => bars.filter((bar) => bar.getBoundingClientRect().height > 1).length);
    assert.ok(tall > 2, table);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
    assert.equal(download.suggestedFilename(), `bang-${table}.xlsx`);
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(0, 2).toString('latin1'), 'PK');
    assert.ok(bytes.includes('xl/worksheets/sheet1.xml'));
    assert.deepEqual(await faults(page), []);
    await shot(page, `table-${table}`);
  }
});

test('years, day and unit of a table change its figures and stay in the address', async () => {
  const figures = () => page.locator('.kv-stat-table td').allInnerTexts();
  await open('/thong-ke/2');
  const whole = await figures();
  await page.fill('#tu', '2022');
  await page.fill('#den', '2024');
  await page.selectOption('#don-vi', { label: 'Sở Tài chính' });
  await follow(page, page.locator('form.kv-picker button'));
  assert.deepEqual([asked('tu'), asked('den'), asked('don-vi')], ['2022', '2024', 'H99.04']);
  assert.notDeepEqual(await figures(), whole);
  const heads = (await page.locator('.kv-stat-table').innerText()).match(/\b20\d\d\b/g);
  assert.deepEqual([...new Set(heads)].sort(), ['2022', '2023', '2024']);
  await follow(page, page.locator('.kv-tabs a', { hasText: 'Bảng 1' }));
  assert.deepEqual([asked('tu'), asked('den'), asked('don-vi')], ['2022', '2024', 'H99.04']);

  await open('/thong-ke/4');
  const now = await figures();
  await page.fill('#ngay', '31/12/2023');
  await follow(page, page.locator('form.kv-picker button'));
  assert.equal(asked('ngay'), '31/12/2023');
  assert.match(await page.locator('.kv-lead').innerText(), /31\/12\/2023/);
  assert.notDeepEqual(await figures(), now);
});

test('on paper a scheme has neither navigation nor forms, but where, when and who', async () => {
  const paper = await as('so-noi-vu');
  await open(`${SCHEME}?ngay=2025-12-31`, paper);
  const screen = ['.kv-head', '.kv-side', '.kv-picker', '.kv-jump', '#cac-ban'];
  for (const part of screen) assert.ok(await paper.locator(part).first().isVisible(), `${part} is not on the screen either`);
  assert.ok(await paper.locator('.kv-print').isHidden());
  await paper.emulateMedia({ media: 'print' });
  for (const part of [...screen, '.kv-menu', '.kv-demo', 'form', 'button']) {
    const seen = await paper.locator(part).evaluateAll((found) => found.filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
    assert.equal(seen, 0, `${part} is printed`);
  }
  assert.match(await paper.locator('.kv-print').innerText(), /Tỉnh Quảng Nam[^]*31\/12\/2025[^]*22\/11\/2026[^]*Chuyên viên Sở Nội vụ/);
  assert.ok(await paper.locator('h1').isVisible());
  assert.ok(await paper.locator('#nhiem-vu').isVisible());
  await shot(paper, 'paper-scheme');
  await paper.context().close();
});

test('on A4 nothing is cut off and no word lies on another', async () => {
  // The width between the margins of `@page`, in CSS pixels: (210 − 2 × 14) mm.
  const paper = await as('so-noi-vu', { viewport: { width: 688, height: 980 } });
  await paper.emulateMedia({ media: 'print' });
  const found = [];
  for (const path of ['/', SCHEME, TARGET, '/thong-ke/2', '/chat-luong']) {
    await open(path, paper);
    const wide = await paper.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.push(`${path}: ${wide} px are cut off`);
    const over = await paper.locator('td, th').evaluateAll((cells) => cells.filter((cell) => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1)
      .map((cell) => `“${cell.innerText.trim().slice(0, 40)}” is ${cell.scrollWidth - cell.clientWidth} px wider than its cell`));
    found.push(...[...new Set(over)].slice(0, 4).map((one) => `${path}: ${one}`));
    await shot(paper, `paper${path.replaceAll(/[^\w.-]+/g, '-')}`);
  }
  await paper.context().close();
  assert.deepEqual(found, []);
});

test('no page scrolls sideways at 320 px, in both languages', async () => {
  const wide = await atNarrow(() => {
    const all = document.documentElement.scrollWidth;
    return all > window.innerWidth ? [`${all} px`] : [];
  });
  assert.deepEqual(wide, []);
});

test('at 320 px only wide tables, charts and texts must be scrolled sideways', async () => {
  const out = await atNarrow(() => [...document.querySelectorAll('main a, main button, main input, main select, h1, h2, h3')]
    .filter((one) => one.checkVisibility() && !one.closest('.kv-scroll, .kv-fig, .kv-stat, .kv-editor, pre, .visually-hidden'))
    .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 1 && (box.right > window.innerWidth + 1 || box.left < -1); })
    .map((one) => `${one.tagName} “${one.innerText.slice(0, 30)}” sticks out`).slice(0, 3));
  assert.deepEqual(out, []);
});

/** Asks every kind of page a question at the narrowest width; answers with the path before each of its lines. */
async function atNarrow(question) {
  const narrow = await as('so-noi-vu', { viewport: { width: 320, height: 640 } });
  const lines = [];
  for (const language of ['vi', 'en']) {
    await speak(narrow, language);
    for (const path of MAIN_PAGES) {
      assert.equal((await open(path, narrow)).status(), 200, path);
      lines.push(...(await narrow.evaluate(question)).map((line) => `${language} ${path}: ${line}`));
    }
  }
  await narrow.context().close();
  return lines;
}
