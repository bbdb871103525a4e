// What most journeys begin with: a demo server and a browser for the whole test file, people who sign in, forms filled in, and pages looked at
// on every screen in both languages.
// Not for: what a journey does or expects; each says that itself.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { login, newPage, openBrowser, shot } from './browser.mjs';
import { faults, follow } from './page.mjs';
import { startServer } from './server.mjs';

/** The day of every journey. */
const TODAY = '2026-11-22';
/** The narrowest phone that pages are made for. */
export const NARROW = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/**
 * Starts server and browser before the tests of a file, then does `begin`, and ends both after; `picture` begins the names of pictures.
 * The page that `begin` gives is the one where `open` opens addresses when told no other. What is done before the first test belongs in
 * `begin`: the root hooks of a file do not wait for each other.
 */
export function openHouse(picture, begin = () => {}) {
  let server;
  let browser;
  let first;
  before(async () => {
    server = await startServer(['--today', TODAY]);
    browser = await openBrowser();
    first = await begin();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A page of somebody who has not signed in. */
  const visitor = (options = {}) => newPage(browser, options);
  /** A page of somebody who has. */
  const as = async (name, options = {}, password = 'khuevan') => {
    const page = await visitor(options);
    await login(page, { login: name, password, url: server.url });
    return page;
  };
  /** The same house on a later day: the server starts again with its data. */
  const later = async (day) => {
    server = await startServer(['--today', day], await server.leave());
  };
  const open = (path, page = first) => page.goto(server.url + path);
  /** The page as it stands in a language, without a fault, with a picture. */
  const whole = async (page, name, lang) => {
    assert.deepEqual(await faults(page), [], `${name}, ${lang}`);
    assert.doesNotMatch(await page.locator('main').innerText(), /Unknown localization/, `${name}, ${lang}`);
    await shot(page, `${picture}-${name}-${lang}`);
  };
  /** From its next page on, a person reads this language. */
  const speak = (page, lang) => page.context().addCookies([{ name: 'lang', value: lang, url: server.url }]);
  /** The same page in both languages, wide and narrow, without a fault; pictures of each. */
  const looks = async (name, path, who = 'so-noi-vu', password = 'khuevan') => {
    for (const [device, options] of [['desktop', {}], ['phone', NARROW]]) {
      const page = await as(who, options, password);
      for (const lang of ['vi', 'en']) {
        await speak(page, lang);
        assert.equal((await open(path, page)).status(), 200, path);
        await whole(page, `${name}-${device}`, lang);
      }
      await page.context().close();
    }
  };
  return { url: () => server.url, later, visitor, as, open, whole, speak, looks };
}

/** An account of a role at a unit, made by an administrator who stands on the page of accounts; gives its login with its first password. */
export async function account(administrator, { login, role, unit }) {
  await fill(administrator, { login, name: `Cán bộ ${login}` });
  await administrator.selectOption('#role', role);
  await administrator.fill('#unit', unit);
  await submit(administrator);
  return { login, password: await administrator.locator('.kv-token').innerText() };
}
/** Where a page is. */
export const pathOf = (page) => new URL(page.url()).pathname;
/** Sends the form of a page. */
export const submit = (page) => follow(page, page.locator('.kv-form .btn-primary'));
/** What a page says was done. */
export const said = (page) => page.locator('.kv-note.is-done').first().innerText();
/** The fields that the summary of mistakes leads to. */
export const wrong = (page) => page.locator('#loi a').evaluateAll((links) => links.map((a) => a.hash));
/** Fills fields in by their ids. */
export const fill = async (page, values) => {
  for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
};
