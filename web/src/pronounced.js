// What the scores of a spoken sentence mean to a child. Pure.

const GOOD = 0.8;
const NEARLY = 0.5;

const IPA = {
  AA: 'ɑː', AE: 'æ', AH: 'ʌ', AO: 'ɔː', AW: 'aʊ', AY: 'aɪ', B: 'b', CH: 'tʃ', D: 'd', DH: 'ð', EH: 'e', ER: 'ɜː', EY: 'eɪ',
  F: 'f', G: 'g', HH: 'h', IH: 'ɪ', IY: 'iː', JH: 'dʒ', K: 'k', L: 'l', M: 'm', N: 'n', NG: 'ŋ', OW: 'oʊ', OY: 'ɔɪ', P: 'p',
  R: 'r', S: 's', SH: 'ʃ', T: 't', TH: 'θ', UH: 'ʊ', UW: 'uː', V: 'v', W: 'w', Y: 'j', Z: 'z', ZH: 'ʒ',
};

export const ipa = (phone) => IPA[phone] ?? '';

/** "good", "nearly" or "again". What was heard in place of a sound weighs more than how well it was said. */
export function levelOf({ score, heard }) {
  if (typeof heard === 'string') return 'again';
  if (score >= GOOD) return 'good';
  return score >= NEARLY ? 'nearly' : 'again';
}

/** The same for a word, and "missing": a sound that was another one keeps it from being good. */
export function levelOfWord(word) {
  if (word.omitted) return 'missing';
  const level = levelOf({ score: word.score });
  return level === 'good' && word.phones.some(({ heard }) => typeof heard === 'string') ? 'nearly' : level;
}

/** The tip for a word of what was heard; null where it needs none. */
export const tipFor = (heard, word) => heard.tips.find((tip) => tip.word === word.text && Boolean(tip.sound) !== word.omitted) ?? null;
