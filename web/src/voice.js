// Reads a text aloud with the browser's own voices, each sentence in its language.

import { isVietnamese, plain, sentencesOf } from './language.js';

const RATE = 0.9;

export const canSpeak = () => 'speechSynthesis' in window;

export function speak(text) {
  speechSynthesis.cancel();
  for (const sentence of sentencesOf(plain(text))) {
    const language = isVietnamese(sentence) ? 'vi-VN' : 'en-US';
    if (hasVoice(language)) speechSynthesis.speak(utterance(sentence, language));
  }
}

// English is always tried; Vietnamese read by an English voice would teach the wrong sounds.
const hasVoice = (language) => language === 'en-US' || speechSynthesis.getVoices().some((voice) => voice.lang.startsWith('vi'));

function utterance(sentence, language) {
  return Object.assign(new SpeechSynthesisUtterance(sentence), { lang: language, rate: RATE });
}
