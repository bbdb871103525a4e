// Sheets to sign on their way through paper: the PDF drawn by poppler, signed dot by dot, laid askew, and packed as scanners do.
// Not for: what the product makes of them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const DPI = 150;
/** Dots of a millimetre. */
const MM = DPI / 25.4;
/** The cell for a signature, in millimetres, as the sheet has it. */
const CELL = { left: 127, top: 82, height: 9.2 };

/** The pages of a PDF as grey pictures: `{ width, height, dots }`. */
export function drawn(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'khuevan-sheet-'));
  try {
    writeFileSync(join(folder, 'sheet.pdf'), pdf);
    execFileSync('pdftoppm', ['-gray', '-r', String(DPI), join(folder, 'sheet.pdf'), join(folder, 'page')]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm')).sort();
    return names.map((name) => picture(readFileSync(join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function picture(pgm) {
  let end = 0;
  for (let lines = 0; lines < 3; lines += 1) end = pgm.indexOf(10, end) + 1;
  const [width, height] = pgm.subarray(0, end).toString('latin1').split('\n')[1].split(' ').map(Number);
  return { width, height, dots: Buffer.from(pgm.subarray(end)) };
}

function stroke(page, x, y) {
  const reach = Math.ceil(0.22 * MM);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const [px, py] = [Math.round(x * MM) + dx, Math.round(y * MM) + dy];
      if (Math.hypot(dx, dy) <= reach) page.dots[py * page.width + px] = 80;
    }
  }
}

/** Signs in the cell of a row, which count from 0. */
export function sign(page, row) {
  const middle = CELL.top + CELL.height * (row + 0.5);
  for (let step = 0; step < 900; step += 1) {
    const at = step / 900;
    const y = middle + 2.4 * Math.sin(at * (38 + row)) * (0.55 + 0.45 * Math.cos(at * 9 + row)) - at * 0.6;
    stroke(page, CELL.left + 5 + (22 + row % 4) * at + 0.8 * Math.sin(at * 23 + row), y);
  }
}

/** A dash through the cell of a row: nobody can say what it means. */
export function dash(page, row) {
  for (let step = 0; step < 300; step += 1) stroke(page, CELL.left + 4 + 30 * (step / 300), CELL.top + CELL.height * (row + 0.5));
}

/** The page as it lies in the scanner: turned by some degrees, on grey paper. */
export function laid(page, degrees) {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const dots = Buffer.alloc(page.dots.length, 235);
  const [cx, cy] = [page.width / 2, page.height / 2];
  for (let y = 0; y < page.height; y += 1) {
    for (let x = 0; x < page.width; x += 1) {
      const sx = Math.round((x - cx) * cos + (y - cy) * sin + cx);
      const sy = Math.round((y - cy) * cos - (x - cx) * sin + cy);
      if (sx < 0 || sy < 0 || sx >= page.width || sy >= page.height) continue;
      dots[y * page.width + x] = 20 + Math.round((page.dots[sy * page.width + sx] * 215) / 255);
    }
  }
  return { ...page, dots };
}

/** An empty page. */
export const blank = (page) => ({ ...page, dots: Buffer.alloc(page.dots.length, 240) });

/** A PDF whose pages are these pictures. */
export function scanned(pages) {
  const parts = [Buffer.from('%PDF-1.5\n')];
  const starts = [];
  let length = parts[0].length;
  const put = (text, content) => {
    starts.push(length);
    const head = Buffer.from(`${starts.length} 0 obj\n${text}\n`);
    const body = content ? Buffer.concat([Buffer.from('stream\n'), content, Buffer.from('\nendstream\n')]) : Buffer.alloc(0);
    const all = Buffer.concat([head, body, Buffer.from('endobj\n')]);
    parts.push(all);
    length += all.length;
  };
  const kids = pages.map((_, at) => `${3 + at * 2} 0 R`).join(' ');
  put('<< /Type /Catalog /Pages 2 0 R >>');
  put(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  pages.forEach((page, at) => {
    put(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 ${4 + at * 2} 0 R >> >> >>`);
    const content = deflateSync(page.dots);
    const about = `/Width ${page.width} /Height ${page.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`;
    put(`<< /Type /XObject /Subtype /Image ${about} /Length ${content.length} >>`, content);
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${starts.length + 1}\n0000000000 65535 f \n${table}`));
  parts.push(Buffer.from(`trailer\n<< /Size ${starts.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
