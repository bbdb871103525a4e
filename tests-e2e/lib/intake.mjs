// Steps of bringing a file into the register: sent, compared, completed, written.
// Not for: what is in the file or what should come of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { submit } from './house.mjs';
import { follow } from './page.mjs';

/** A machine may be busy. */
const WITHIN = { timeout: 120_000 };

/** One of the messy workbooks; `mended/…` are the same without their errors. */
export function messy(name) {
  const folder = process.env.KHUEVAN_MESSY;
  assert.ok(folder, 'KHUEVAN_MESSY names the folder that `cargo run -p khuevan-testkit --example messy -- FOLDER` wrote');
  return { name: name.split('/').pop(), bytes: readFileSync(`${folder}/${name}`) };
}

/** Waits until the work on a file is over; the page is loaded anew by itself. */
export const compared = (page) => page.locator('.kv-counts, .kv-note.is-warn[role="alert"]').first().waitFor(WITHIN);

/** Code of the first unit that the form for a file offers under a name like this; empty for where the person's tree starts. */
export const offered = async (page, name) => {
  const units = await page.locator('#don-vi option').evaluateAll((all) => all.map((option) => [option.textContent, option.value]));
  const unit = units.find(([text]) => text.includes(name));
  assert.ok(unit, `${name} is not offered, only ${units.map(([text]) => text)}`);
  return unit[1];
};

/** Sends a file for a unit by the form that is shown, and waits until it is compared. */
export async function send(page, { name, bytes }, { unit, day, everything = false }) {
  await page.selectOption('#don-vi', unit);
  if (day) await page.fill('#ngay', day);
  if (everything) await page.check('input[value="everything"]');
  await page.setInputFiles('#tep', { name, mimeType: 'application/octet-stream', buffer: bytes });
  await submit(page);
  await compared(page);
}

/** How many rows were counted as new, same, faulty and so on. */
export const count = async (page, name) => Number((await page.locator(`.kv-counts .is-${name} dd`).innerText()).replace(/\D/g, ''));

/** Sets what stands for fields that the file lacks, and waits until it is compared again. */
export async function standIns(page, values) {
  await follow(page, page.locator('a[href$="/cot"]').first());
  for (const [field, value] of Object.entries(values)) await page.selectOption(`#mac-dinh-${field}`, value);
  await submit(page);
  await compared(page);
}

/** Writes the file: all rows, or those without a fault. */
export async function carry(page, { rightOnly = false } = {}) {
  if (rightOnly) await page.check('input[value="valid_rows"]');
  await page.fill('#reason', 'danh sách gửi kèm công văn');
  await follow(page, page.locator('#ghi-vao-so .btn-primary'));
  await page.locator('.kv-chip.is-done').waitFor(WITHIN);
}
