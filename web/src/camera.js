// The button that shows Pika a thing: the phone's camera, or a picture that is there already.

import { html, useEffect, useRef } from './html.js';
import { Camera } from './icons.js';

const LONGEST_SIDE = 1024; // pixels: Pika looks no closer
const THUMBNAIL_SIDE = 320;
const QUALITY = 0.85;

/**
 * A picture, small enough to send: `{ file, thumbnail }`, a JPEG and a drawn canvas. Drawn anew, it says nothing of place,
 * time or camera. Throws an error with the code `no_picture` for a file that is none.
 */
export async function shrunk(file) {
  const whole = await createImageBitmap(file).catch((error) => {
    throw Object.assign(new Error(error.message), { code: 'no_picture' });
  });
  const small = await new Promise((resolve) => drawn(whole, LONGEST_SIDE).toBlob(resolve, 'image/jpeg', QUALITY));
  return { file: small, thumbnail: drawn(whole, THUMBNAIL_SIDE) };
}

function drawn(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const size = { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) };
  const canvas = Object.assign(document.createElement('canvas'), size);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff'; // a JPEG has no holes
  pen.fillRect(0, 0, size.width, size.height);
  pen.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas;
}

export function CameraButton({ say, busy, onPicture, onProblem }) {
  const chooser = useRef(null);
  const chosen = async () => {
    const [file] = chooser.current.files;
    chooser.current.value = ''; // the same file may be chosen again
    if (!file) return;
    try {
      onPicture(await shrunk(file));
    } catch (error) {
      onProblem(error.code ?? 'no_picture');
    }
  };
  return html`
    <button type="button" class="mic" aria-disabled=${busy} aria-label=${say.show} title=${say.show} onClick=${() => busy || chooser.current.click()}><${Camera} /></button>
    <input ref=${chooser} type="file" accept="image/*" capture="environment" hidden onChange=${chosen} />
  `;
}

/** What the child showed, drawn: the page's policy lets no picture in that is not its own file. */
export function Thumbnail({ picture, say }) {
  const frame = useRef(null);
  useEffect(() => {
    frame.current.width = picture.width;
    frame.current.height = picture.height;
    frame.current.getContext('2d').drawImage(picture, 0, 0);
  }, [picture]);
  return html`<canvas ref=${frame} class="shown" role="img" aria-label=${say.shown} />`;
}
