// What every journey asks of a page: whether it is whole, and steps that many journeys share.
// Not for: starting a browser or signing in (`browser.mjs`).

import { axe } from './browser.mjs';

/** All that is wrong with the page as it stands, each as one line of text; `assert.deepEqual(await faults(page), [])`. */
export async function faults(page) {
  const found = await axe(page);
  if ((await page.locator('h1').count()) !== 1) found.push('not exactly one h1');
  found.push(...(await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    const links = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href'));
    const dead = links.filter((href) => href === '#' || !document.getElementById(decodeURIComponent(href.slice(1))));
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...dead.map((href) => `a link leads to ${href}, which is not on the page`)];
  })));
  return found.map((fault) => `${new URL(page.url()).pathname}: ${fault}`);
}

/** Clicks something that leads to another page and gives the answer of the server, after redirects. */
export async function follow(page, target) {
  const opened = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  // The last answer to a navigation is the page that is shown; the ones before it are redirects.
  let answer;
  const keep = (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) answer = response;
  };
  page.on('response', keep);
  try {
    await target.click();
    await opened;
    await page.waitForLoadState();
  } finally {
    page.off('response', keep);
  }
  return answer;
}

/** Posts a form as a page of the signed-in person would, with the right token; gives status and text of the answer. */
export function post(page, path, fields) {
  return page.evaluate(async ([path, fields]) => {
    const csrf = document.querySelector('input[name="csrf"]').value;
    const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) });
    return { status: answer.status, text: await answer.text() };
  }, [path, fields]);
}
