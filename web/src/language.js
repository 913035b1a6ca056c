// Which language a sentence is in, and which Vietnamese lines are shown beside it.

const MARKED = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;
const NAME = /^\p{Lu}/u;
const VIETNAMESE_SHARE = 0.34;

/** True where a third of the words carry Vietnamese marks; a name inside an English sentence does not count. */
export function isVietnamese(sentence) {
  const words = sentence.normalize('NFC').match(/\p{L}+/gu) ?? [];
  const marked = words.filter((word, index) => MARKED.test(word) && (index === 0 || !NAME.test(word)));
  return marked.length > words.length * VIETNAMESE_SHARE;
}

/** The sentences of a text, with the marks that end them. */
export const sentencesOf = (text) => (text.match(/[^.!?…]+[.!?…]*["'”’)*]*|[.!?…]+/g) ?? []).map((part) => part.trim()).filter(Boolean);

/** A reply that was stored as one text and one Vietnamese text, as sentences with their Vietnamese lines. */
export function paired(text, vi) {
  const sentences = sentencesOf(text);
  const meanings = sentencesOf(vi);
  if (sentences.filter((sentence) => !isVietnamese(sentence)).length !== meanings.length) {
    return [{ text, vi: meanings.filter((meaning) => !text.includes(meaning)).join(' ') }];
  }
  return sentences.map((sentence) => ({ text: sentence, vi: isVietnamese(sentence) ? '' : meanings.shift() }));
}

/** The sentences to show: with help each has its Vietnamese line, but no Vietnamese is there twice. */
export function shown(sentences, help) {
  if (!help) return sentences.map(({ text }) => ({ text, vi: '' }));
  const seen = new Set();
  const fresh = (vietnamese) => vietnamese && !seen.has(vietnamese) && seen.add(vietnamese);
  return sentences.flatMap(({ text, vi }) => {
    if (isVietnamese(text)) return fresh(text) ? [{ text, vi: '' }] : [];
    return [{ text, vi: fresh(vi) ? vi : '' }];
  });
}

/** The text without the stars that emphasise. */
export const plain = (text) => text.replaceAll('*', '');
