// People of a unit sent to a class, as several journeys begin: who names and who heads them, and the way from a name to a seat.
// Not for: what is refused on that way; the journey `classes` tells it.

import { account } from './house.mjs';
import { follow } from './page.mjs';

/** Does an act of a list whose buttons say it. */
export const press = (page, act) => follow(page, page.locator(`button[name="act"][value="${act}"]`));

/** The HR officer and the head of a unit, each signed in on a page. */
export async function office({ as, open }, unit, [hr, head]) {
  const administrator = await as('quan-tri');
  const people = [];
  for (const [login, role] of [[hr, 'unit_hr'], [head, 'unit_head']]) {
    await open('/quan-tri/moi', administrator);
    people.push(await account(administrator, { login, role, unit }));
  }
  await administrator.context().close();
  const [officer, chair] = await Promise.all(people.map((one) => as(one.login, {}, one.password)));
  return { officer, chair };
}

/** So many people of the office are named for the class `here`, agreed to and confirmed; gives their names. */
export async function send({ open }, here, many, { officer, chair, affairs }) {
  await open(`${here}/cu?duoc=1`, officer);
  const rows = officer.locator('tbody tr', { has: officer.locator('input[name^="chon-"]') });
  const names = [];
  for (let at = 0; at < many; at += 1) {
    const row = rows.nth(at);
    await row.locator('input[name^="chon-"]').check();
    const reason = row.locator('input[name^="ly-do-"]');
    if (await reason.count()) await reason.fill('đã bố trí người làm thay');
    names.push(await row.locator('th a').innerText());
  }
  await follow(officer, officer.locator('form[method="post"] .btn-primary'));
  for (const [page, act] of [[chair, 'agree'], [affairs, 'confirm']]) {
    await open('/lop/cho', page);
    for (let at = 0; at < many && (await page.locator(`button[name="act"][value="${act}"]`).count()); at += 1) await press(page, act);
  }
  return names;
}
