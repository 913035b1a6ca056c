// The strokes that drawings are made of: shapes, faces, people, 64 by 64, as SVG markup.

export const INK = '#2f3a4a';
export const eye = (x, y, r = 2.4) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${INK}"/>`;
export const eyes = (y, left = 25, right = 39) => eye(left, y) + eye(right, y);
export const line = (d, color = INK, width = 2.5) =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
export const shape = (d, fill) => `<path d="${d}" fill="${fill}"/>`;
export const circle = (x, y, r, fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
export const oval = (x, y, rx, ry, fill) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
export const box = (x, y, w, h, fill, r = 3) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
export const smile = (y = 40) => line(`M25 ${y}q7 7 14 0`);
export const frown = (y = 44) => line(`M25 ${y}q7 -7 14 0`);
export const splash = (color) =>
  shape('M10 30q-4-16 12-19 12-8 20 1 15 0 13 15 5 9-4 13v9a4 4 0 0 1-8 0v-6q-4 2-7 0v11a4.5 4.5 0 0 1-9 0V42q-4 2-7-1v4a4 4 0 0 1-8 0v-7q-3-4-2-8z', color) + circle(24, 22, 4, '#ffffff88');
export const SKIN = '#ffd9b3';
export const HAIR = '#3b2a20';

export function person({ hair = HAIR, shirt = '#4aa3df', style = 'short', mouth = smile(36), x = 32, scale = 1, extra = '' }) {
  const long = style === 'long' ? shape('M17 26q0-18 15-18t15 18v16h-6V24H23v18h-6z', hair) : '';
  const bun = style === 'bun' ? circle(32, 8, 5, hair) : '';
  const body = shape('M14 62q0-18 18-18t18 18z', shirt);
  const head = circle(32, 28, 15, SKIN) + shape('M17 26q1-17 15-17t15 17q-6-7-15-7t-15 7z', hair);
  return `<g transform="translate(${x - 32 * scale} ${64 - 64 * scale}) scale(${scale})">${long}${body}${head}${bun}${eyes(29, 26, 38)}${mouth}${extra}</g>`;
}

export const glasses = line('M20 29h6M32 29h0M38 29h6', INK, 1.5) + '<circle cx="26" cy="29" r="5" fill="none" stroke="#2f3a4a" stroke-width="1.5"/><circle cx="38" cy="29" r="5" fill="none" stroke="#2f3a4a" stroke-width="1.5"/>';
export const face = (mouth, extra = '', color = '#ffd166') => circle(32, 32, 25, color) + eyes(27, 24, 40) + mouth + extra;
export const house = (wall, roof) => shape('M6 32 32 10l26 22z', roof) + box(12, 30, 40, 28, wall, 2) + box(27, 40, 10, 18, '#8d5a3a', 1);
