// Records the child's voice, for as long as one sentence needs.

export const MAX_SECONDS = 15;
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const BITS_PER_SECOND = 32_000;

/** False where the browser cannot record, or may not: a page from afar needs https. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia) && 'MediaRecorder' in window;

/**
 * Begins to record: `{ stop, cancel }`, and `sound`, a promise of the recording; null where it was cancelled. It stops by
 * itself after `MAX_SECONDS`. Throws an error with a `code` where there is no microphone, or no leave to use it.
 */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).catch((error) => {
    throw Object.assign(new Error(error.message), { code: error.name === 'NotAllowedError' ? 'microphone_refused' : 'no_microphone' });
  });
  const recorder = new MediaRecorder(stream, { mimeType: TYPES.find((type) => MediaRecorder.isTypeSupported(type)), audioBitsPerSecond: BITS_PER_SECOND });
  const pieces = [];
  let isKept = true;
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const sound = new Promise((resolve) => {
    recorder.onstop = () => {
      clearTimeout(longest);
      stream.getTracks().forEach((track) => track.stop());
      resolve(isKept ? new Blob(pieces, { type: recorder.mimeType }) : null);
    };
  });
  const stop = () => recorder.state === 'recording' && recorder.stop();
  const longest = setTimeout(stop, MAX_SECONDS * 1000);
  recorder.start();
  return { stop, sound, cancel: () => stop(void (isKept = false)) };
}
