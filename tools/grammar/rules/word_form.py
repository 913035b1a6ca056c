"""The wrong member of a word family: "I feel boring", "speak English good"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re

from tools.grammar.rule import Rule, lexical

_ED = {"boring": "bored", "exciting": "excited", "tiring": "tired", "surprising": "surprised", "interesting": "interested",
       "scaring": "scared", "worrying": "worried", "embarrassing": "embarrassed", "confusing": "confused", "disappointing": "disappointed"}  # fmt: skip
_ING = {"bored": "boring", "excited": "exciting", "interested": "interesting", "tired": "tiring", "surprised": "surprising", "confused": "confusing",
        "scared": "scary", "disappointed": "disappointing", "relaxed": "relaxing"}  # fmt: skip
_THINGS = r"(?:(?:the|this|that|my|a|our) (?:\w+ )?(?:movie|film|book|story|game|lesson|class|trip|cartoon|song|show|video|test|homework|subject|match|party|holiday|math|english)|math|it)"
_ADJ = {"beauty": "beautiful", "danger": "dangerous", "noise": "noisy", "health": "healthy", "happiness": "happy", "luck": "lucky", "anger": "angry",
        "hunger": "hungry", "sadness": "sad", "interest": "interesting", "rain": "rainy", "wind": "windy", "sun": "sunny", "snow": "snowy", "cloud": "cloudy", "fog": "foggy",
        "difficulty": "difficult", "importance": "important", "taste": "tasty", "wonder": "wonderful", "scare": "scary", "excite": "exciting", "bore": "boring",
        "friend": "friendly", "salt": "salty", "dirt": "dirty", "help": "helpful", "care": "careful", "color": "colorful", "colour": "colourful", "fame": "famous",
        "peace": "peaceful", "success": "successful", "tiredness": "tired", "kindness": "kind", "beautifully": "beautiful", "happily": "happy", "heat": "hot", "fear": "scared"}  # fmt: skip
_ADVERB = {"beautiful": "beautifully", "careful": "carefully", "slow": "slowly", "quick": "quickly", "loud": "loudly", "quiet": "quietly", "bad": "badly",
           "happy": "happily", "good": "well", "easy": "easily", "angry": "angrily", "clear": "clearly"}  # fmt: skip


_QUALITY = {"kindness": "kind", "beauty": "beautiful", "happiness": "happy", "sadness": "sad", "danger": "dangerous", "noise": "noisy", "wonder": "wonderful",
            "laziness": "lazy", "bravery": "brave", "cleverness": "clever", "intelligence": "intelligent", "honesty": "honest",
            "politeness": "polite", "sleepiness": "sleepy", "illness": "ill", "sickness": "sick", "luck": "lucky",
            "strength": "strong", "patience": "patient", "importance": "important", "anger": "angry", "hunger": "hungry", "excitement": "exciting"}  # fmt: skip
_SOMEBODY = r"(?:girl|boy|person|man|woman|friend|teacher|student|day|dog|cat|animal|place|city|house|game|trip|movie|story|mother|father|sister|brother|people|child|room)"
_FROM_ADVERB = {"happily": "happy", "sadly": "sad", "angrily": "angry", "hungrily": "hungry", "nervously": "nervous", "excitedly": "excited",
                "tiredly": "tired", "sleepily": "sleepy", "beautifully": "beautiful"}  # fmt: skip
_DOERS = {"swim": "swimmer", "sing": "singer", "dance": "dancer", "run": "runner", "paint": "painter", "teach": "teacher", "drive": "driver", "write": "writer",
          "farm": "farmer", "speak": "speaker"}  # fmt: skip


def _adverb(match: re.Match[str]) -> str:
    return _ADVERB[match["adj"].lower()]


RULES = (
    Rule("word_form.feeling", "word_form", lexical(
        (rf"(?:feel|feels|felt) (?:so |very |really |a little |a bit )?(?P<fix>(?P<w>{'|'.join(_ED)}))\b", lambda m: _ED[m["w"].lower()]),
        (rf"(?:i am|i'm|im|he is|she is|we are|they are|he's|she's|i was|we were) (?:so |very |really )?(?P<fix>(?P<w>{'|'.join(set(_ED) - {'boring', 'interesting', 'exciting', 'confusing', 'scaring', 'embarrassing', 'disappointing'})}))(?=\s*(?:$|[.,!?]| about\b| because\b| when\b| to\b))",
         lambda m: _ED[m["w"].lower()]),
        (r"(?:i am|i'm|im|i was|we are|we were|they are|she is|he is) (?:so |very |really |not )?(?P<fix>(?P<w>boring|exciting|interesting|confusing))(?= (?:in|with|about|because|when|to|of|at home)\b|\s*(?:$|[.!?]))",
         lambda m: None if m["w"].lower() == "interesting" and " in" not in m.string[m.end() : m.end() + 4] else (None if m.string[m.end() :].strip(" .!?") == "" and not m.group(0).lower().startswith("i") else _ED[m["w"].lower()])),
        (rf"(?<!\w ){_THINGS} (?:is|was|are|were|'s) (?:so |very |really |too |not )*(?P<fix>(?P<w>{'|'.join(_ING)}))(?=\s*(?:$|[.,!?]| and\b| because\b| for me\b| but\b| that\b))",
         lambda m: None if re.match(r"(?i)it\b", m.group(0)) and m["w"].lower() in {"tired", "bored", "scared", "excited", "surprised"} else _ING[m["w"].lower()]),
        (r"(?<!\w )it (?:is|was|'s) (?:so |very |really )?(?P<fix>interested)(?=\s*(?:$|[.,!?]))", "interesting"),
        (r"(?:a|an|this|the|very|so) (?P<fix>(?P<w>interested|excited|bored|relaxed))(?= (?:book|movie|film|story|game|trip|day|lesson|song|cartoon|place|subject|holiday|party|thing|animal)\b)", lambda m: _ING[m["w"].lower()]),
    ), "People are bored; things are boring.", "Người thì bored, vật thì boring.", 0.9),
    Rule("word_form.adjective", "word_form", lexical(
        (rf"(?:is|are|am|was|were|'s|'m|'re|looks?|feels?) (?:very|so|really|too) (?P<fix>(?P<w>{'|'.join(sorted(set(_ADJ)))}))(?=\s*(?:$|[.,!?]| and\b| because\b| but\b| today\b| yesterday\b| for\b| in\b| here\b))",
         lambda m: _ADJ[m["w"].lower()]),
        (rf"(?:is|are|was|were|looks?) (?P<fix>(?P<w>{'|'.join(sorted({'danger', 'noise', 'beauty', 'happiness', 'sadness', 'importance', 'difficulty', 'anger', 'hunger'}))}))(?=\s*(?:$|[.,!?]| and\b))", lambda m: _ADJ[m["w"].lower()]),
        (r"(?:today|it|the weather|weather) (?:is|was|'s) (?P<fix>(?P<w>rain|wind|sun|cloud))(?=\s*(?:$|[.,!?]| today\b| and\b))", lambda m: _ADJ[m["w"].lower()]),
        (r"(?:good|bad) for (?:my |your |our )?(?P<fix>healthy)\b(?! \w+(?:s|ing)\b)", "health"),
        (r"(?:be|is|am|are|stay|keep|very|so) (?P<fix>health)(?=\s*(?:$|[.,!?]| and\b))", "healthy"),
        (r"a (?P<fix>(?P<w>danger|beauty|noise|luck))(?= (?:animal|girl|day|dog|city|place|boy|street|game|flower|snake|house|dress|class)\b)", lambda m: _ADJ[m["w"].lower()]),
    ), "After very we need a describing word.", "Sau very cần một tính từ.", 0.92),
    Rule("word_form.before_noun", "word_form", lexical(
        (rf"(?:a|an|the|very|so|really|such a) (?P<fix>(?P<w>{'|'.join(sorted(_QUALITY))}))(?= (?:{_SOMEBODY})\b)", lambda m: _QUALITY[m["w"].lower()]),
        (rf"(?:very|so|really|too) (?P<fix>(?P<w>{'|'.join(sorted(_QUALITY))}))(?=\s*(?:$|[.,!?]| and\b| because\b| but\b| to\b))", lambda m: _QUALITY[m["w"].lower()]),
        (r"(?:feel|feels|felt|am|is|are|look|looks) (?:so |very |really )?(?P<fix>(?P<w>happily|sadly|angrily|hungrily|nervously|excitedly|tiredly|sleepily|beautifully))(?=\s*(?:$|[.,!?]| today\b| now\b| because\b| and\b))",
         lambda m: _FROM_ADVERB[m["w"].lower()]),
        (r"(?:i am|i'm|im) (?:so |very |really )?(?P<fix>boring)(?= (?:today|now)\b)", "bored"),
    ), "Here we need a describing word: kind.", "Chỗ này cần một tính từ: kind, beautiful.", 0.9),
    Rule("word_form.doer", "word_form", lexical(
        (r"(?:(?:be|is|am|was|become) (?:a|an|the) (?:very )?(?:good |great |famous |best )?|(?:good|great|famous|best) )(?P<fix>cooker)(?=\s*(?:$|[.,!?]| in (?:my|the|our|a) (?:family|world|restaurant)\b| when\b| because\b| and\b))", "cook"),
        (rf"(?:am|is|are|was|be|'m|'s) (?:a|an|the) (?:very )?(?:good|great|bad|fast|famous|best|strong|slow) (?P<fix>(?P<w>{'|'.join(_DOERS)}))(?=\s*(?:$|[.,!?]| and\b| in\b| because\b| but\b))", lambda m: _DOERS[m["w"].lower()]),
        (r"(?:a|an|the|good|famous|great|best) (?:football|soccer|tennis|basketball|badminton|volleyball|chess|piano|guitar) (?P<fix>play)(?=\s*(?:$|[.,!?]| and\b| in\b| because\b| but\b))", "player"),
    ), "Who does it: swimmer, player, cook.", "Người làm việc đó: swimmer, player, cook.", 0.88),
    Rule("word_form.adverb", "word_form", lexical(
        (r"(?:speaks?|spoke|speaking|sings?|sang|plays?|played|swims?|swam|dances?|danced|draws?|drew|cooks?|cooked|studies|study|studied|writes?|reads?|sleep|slept|sleeps|learns?|learned|drives?|runs?|ran|listens?) (?:(?:english|the piano|piano|football|guitar|the guitar|chess|badminton|soccer|basketball|pictures|rice|food|vietnamese|it|songs|tennis|volleyball) )?(?:very |so |really |not )?(?P<fix>(?P<adj>good))(?=\s*(?:$|[.,!?]| and\b| because\b| but\b| than\b| in class\b| at school\b))",
         _adverb),
        (r"(?:speaks?|sings?|sang|dances?|danced|plays?|draws?|walks?|walked|runs?|drives?|eats?|talks?|writes?|listens?|reads?|spoke|swims?) (?:(?:english|the piano|piano|football) )?(?:very|so|really|too) (?P<fix>(?P<adj>beautiful|careful|slow|quick|quiet|bad|angry|happy|clear))(?=\s*(?:$|[.,!?]| (?:and|because|but|in|to|when|at|for)\b))", _adverb),
        (r"(?:he|she|it|they|we|i|brother|sister|dog|cat|friend|mom|dad) (?:can |always )?(?:runs?|ran|swims?|swam|moves?|eats?|ate|works?|talks?) (?P<fix>(?P<adj>quick|careful|quiet|bad))(?=\s*(?:$|[.,!?]| (?:and|because|to|when|but|in)\b))", _adverb),
        (r"(?:sings?|sang|dances?|danced|draws?|walks?|walked|drives?|talks?|writes?|listens?|smiles?|smiled) (?P<fix>(?P<adj>beautiful|careful|quiet|bad|happy))(?=\s*(?:$|[.,!?]| (?:and|because|but|in|to|when|at|on|for)\b))", _adverb),
    ), "How we do it: well, slowly, carefully.", "Làm như thế nào thì dùng trạng từ: well, slowly.", 0.9),
    Rule("word_form.senses", "word_form", lexical(
        (r"(?:taste|smell|look|sound|feel)s? (?:so |very |really )?(?P<fix>(?P<w>delicious|beautiful|sweet|terrible|wonderful|horrible|strange|nice)ly)(?=\s*(?:$|[.,!?]| (?:and|because|but|today)\b))", lambda m: m["w"]),
        (r"repeat (?P<fix>again )(?=(?:the|it|that|your|this)\b)", ""),
    ), "How it looks or tastes: delicious, not deliciously.", "Sau taste, look, smell dùng tính từ: delicious.", 0.9),
    Rule("word_form.named", "word_form", lexical(
        (r"(?:a|an|one) (?:\w+ )?(?:sister|brother|dog|cat|friend|boy|girl|puppy|kitten|rabbit|hamster|bird|fish|cousin|teacher|pet|robot|turtle) (?P<fix>name)(?= [^\W\d_]+(?:\s*(?:$|[.,!?])| and\b| he\b| she\b| it\b))", "named"),
        (r"(?:is|are|was) (?P<fix>name)(?= [^\W\d_]+\s*(?:$|[.,!?]))", "named"),
    ), "We say a dog named Rex.", "Mình nói a dog named Rex.", 0.9),
    Rule("word_form.family", "word_form", lexical(
        (r"(?:my|a|his|her|your) (?P<fix>dreaming)(?= (?:is|was)\b)", "dream"),
        (r"(?:i|we|they|you|he|she) (?:can |will |want to |to |always |often )?(?P<fix>(?P<w>choice|sing a singing))(?= (?:the|a|this|my)\b)", lambda m: "choose"),
        (r"(?:i|we|they|you) (?:can |can't |will |want to )?(?P<fix>(?P<w>breath|advice|practise))(?= (?:under|in|you|me)\b)", lambda m: {"breath": "breathe", "advice": "advise"}.get(m["w"].lower())),
        (r"(?:i|we|they|you|to) (?:always |can |have to )?(?P<fix>(?P<w>success))(?=\s*(?:$|[.,!?])| in\b)", "succeed"),
        (r"(?P<fix>vietnam)(?= (?:food|people|language|girl|boy|children|student|name|songs?)\b)", "Vietnamese"),
    ), "This word has another form here.", "Từ này có dạng khác ở đây.", 0.88),
)  # fmt: skip
