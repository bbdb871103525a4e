// A real Chromium for the journeys: pages as people see them, signing in, accessibility checks and pictures.
// Not for: what a journey does or expects; each says that itself.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Where people sign in, and how its fields are called. */
const SIGN_IN = { path: '/dang-nhap', login: 'input[name="login"]', password: 'input[name="password"]' };

const OUT = new URL('../out/', import.meta.url);
const AXE_SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
// What Vietnamese and European public services ask for.
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A page with scripts off never answers axe; this turns waiting for ever into a sentence.
const AXE_WITHIN_MS = 60_000;

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** One browser for a whole test file; close it with `browser.close()`. */
export function openBrowser() {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error('CHROMIUM must name the browser; `cargo xtask test --only journeys` sets it');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of a new visitor; `options` are those of a browser context, for example `PHONE` or `{ javaScriptEnabled: false }`. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  return context.newPage();
}

/** Signs in on the server that the page shows, or on `account.url`; an account is `{ login, password, url? }`. */
export async function login(page, account) {
  await page.goto(new URL(SIGN_IN.path, account.url ?? page.url()).href);
  await page.fill(SIGN_IN.login, account.login);
  await page.fill(SIGN_IN.password, account.password);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== SIGN_IN.path),
    page.locator('form', { has: page.locator(SIGN_IN.password) }).locator('[type="submit"]').click(),
  ]);
}

/**
 * The accessibility faults of the page as it stands, each as one line of text; `assert.deepEqual(await axe(page), [])`.
 * The page needs scripts on. With `within`, a selector, only what is inside it: for a list that lies open over the page,
 * whose edge may halve a control beneath.
 */
export async function axe(page, within) {
  // Through the debugging protocol, which the page's content security policy does not bind: so the page is checked as it is,
  // its policy in force, and a form that came back with errors need not be loaded a second time.
  const protocol = await page.context().newCDPSession(page);
  try {
    await evaluate(protocol, await readFile(AXE_SOURCE, 'utf8'));
    const options = JSON.stringify({ runOnly: AXE_RULES, resultTypes: ['violations'] });
    const context = within ? JSON.stringify(within) : 'document';
    const { violations } = JSON.parse(await evaluate(protocol, `axe.run(${context}, ${options}).then(JSON.stringify)`));
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.join(' ')}`));
  } finally {
    await protocol.detach();
  }
}

async function evaluate(protocol, expression) {
  const asked = protocol.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  // The question still open when the page closes is of no interest.
  asked.catch(() => {});
  const late = new AbortController();
  const silence = setTimeout(AXE_WITHIN_MS, 'silence', { signal: late.signal }).catch(() => {});
  const answer = await Promise.race([asked, silence]);
  late.abort();
  if (answer === 'silence') throw new Error('the page did not answer; axe cannot check a page that has scripts off');
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
  return answer.result.value;
}

/** Keeps a file beside the pictures, for who looks at them. */
export async function keep(name, bytes) {
  await mkdir(OUT, { recursive: true });
  await writeFile(new URL(name, OUT), bytes);
}

/** A picture of the whole page in `tests-e2e/out/`. */
export async function shot(page, name) {
  await mkdir(OUT, { recursive: true });
  const path = fileURLToPath(new URL(`${name}.png`, OUT));
  await page.screenshot({ path, fullPage: true });
  return path;
}
