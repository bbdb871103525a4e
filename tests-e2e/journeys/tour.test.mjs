// The pages as an officer of the Home Affairs Department meets them, on a desk and on a phone, in both languages: each has a heading,
// nothing sticks out sideways, and axe finds nothing. Pictures land in tests-e2e/out/; two of them are the README's.
// Not for: what the figures are; the Rust tests count them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PHONE, axe, shot } from '../lib/browser.mjs';
import { openHouse } from '../lib/house.mjs';

const PAGES = [
  ['dashboard', '/'],
  ['schemes', '/de-an'],
  ['scheme', '/de-an/quang-nam-2024'],
  ['tasks', '/nhiem-vu'],
  ['target', '/chi-tieu/T2.1'],
  ['yearly-target', '/chi-tieu/T0.10'],
  ['target-people', '/chi-tieu/T2.1/nguoi?ben=thieu'],
  ['units', '/don-vi'],
  ['people', '/nhan-su'],
  ['statistics', '/thong-ke'],
  ['table-2', '/thong-ke/2'],
  ['table-4', '/thong-ke/4'],
  ['quality', '/chat-luong'],
  ['search', '/tim?q=nguyen'],
  ['account', '/tai-khoan'],
  ['api', '/api'],
  ['not-found', '/khong-co-trang-nay'],
];
const README_PICTURES = new Set(['dashboard', 'target']);

const { as, open, speak } = openHouse('tour');

for (const [device, options] of [['desk', {}], ['phone', PHONE]]) {
  for (const language of ['vi', 'en']) {
    test(`every page is whole on a ${device} in ${language}`, async () => {
      const page = await as('so-noi-vu', options);
      await speak(page, language);
      const faults = [];
      for (const [name, path] of PAGES) {
        const answer = await open(path, page);
        if (name !== 'not-found' && answer.status() !== 200) faults.push(`${path}: status ${answer.status()}`);
        if ((await page.locator('h1').count()) !== 1) faults.push(`${path}: not one h1`);
        // The reference of the API is for programmers everywhere and exists in English only.
        if (name !== 'api' && (await page.locator('html').getAttribute('lang')) !== language) faults.push(`${path}: wrong language`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 1) faults.push(`${path}: ${wide} px too wide`);
        faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`));
        await shot(page, `${device}-${language}-${name}`);
        if (device === 'desk' && language === 'vi' && README_PICTURES.has(name) && process.env.KHUEVAN_README_PICTURES) {
          // The first screen only, so that the pictures stay small.
          await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) });
        }
      }
      assert.deepEqual(faults, []);
      await page.context().close();
    });
  }
}
