"""Prepositions that are missing, wrong, or too many."""
# ruff: noqa: E501 (tables: one pattern, one line)

from tools.grammar.rule import DAY, END, OBJ, Rule, lexical

_PERSON = r"(?:me|him|us|them|my \w+|the teacher|her)"
_LISTENED = r"(?:music|songs?|the (?:teacher|music|radio|song|story|birds?)|my (?:mom|mother|dad|father|teacher|grandma|grandpa|friend|parents|sister|brother|song|music)|stor(?:y|ies)|radio|english|me|him|us|them|her|a (?:song|story)|it|podcasts?|some music|k-?pop|vpop)"
_LOOKED = r"(?:me|him|them|it|us|the (?:picture|board|sky|stars?|moon|dog|cat|book|clock|photo|rainbow|bird|teacher|monkey)s?|my (?:picture|dog|cat|drawing|toy|book|photo|robot|new \w+)s?|this(?: \w+)?|that (?:picture|dog|cat|bird|car|tree|boy|girl|man))"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_HOUSES = r"(?:(?:my|his|her|your|our|their) (?:house|home|school|class|room|village|birthday party|party|grandma's house|grandma house|friend's house|friend house|grandparents' house|uncle's house)|the (?:zoo|park|beach|supermarket|market|cinema|library|museum|playground|hospital|restaurant|toilet|bathroom|pool|swimming pool|countryside|mountains|store|shop|sea|mall)|school|bed|ha ?noi|sa ?pa|da ?nang|da ?lat|hue|saigon|nha trang|ha ?long|church|class|vietnam|japan|korea|america)"
_GO = r"(?:go|goes|went|going|come|comes|came|walk|walks|walked)"
_MEDIA = r"(?:tv|television|youtube|the tv|the internet|internet|facebook|tiktok|zoom|the phone|google)"


RULES = (
    Rule("preposition.listen", "preposition", lexical(
        (rf"(?:listen|listens|listened|listening)(?P<fix>) (?={_LISTENED}\b)", " to"),
    ), "We listen to something.", "Nghe gì thì nói listen to.", 0.96),
    Rule("preposition.look", "preposition", lexical(
        (rf"(?<!let me )(?:look|looks|looked|looking)(?P<fix>) (?={_LOOKED}(?:{END}| and\b| it\b| on\b| in\b))", " at"),
        (r"(?:laugh|laughs|laughed|laughing)(?P<fix>) (?=(?:me|him|us|them|my)\b)", " at"),
        (r"(?:wait|waits|waited|waiting)(?P<fix>) (?=(?:me|him|us|them|you|her|my (?:mom|mother|dad|father|friend|sister|brother|bus)|the (?:bus|doctor|teacher|train|taxi|rain|dentist|nurse|plane|lift|results?))\b)", " for"),
        (r"(?:talk|talks|talked|talking|speak|spoke)(?P<fix>) (?=(?:me|him|us|them|my (?:mom|mother|dad|father|friends?|teacher|sister|brother|grandma|dog|cat))\b)", " to"),
        (r"(?:belong|belongs)(?P<fix>) (?=(?:me|him|us|them|my)\b)", " to"),
        (r"(?:explain|explains|explained) (?P<fix>(?P<who>me|him|us|them) (?P<what>(?:this|that|the|it|about)(?: \w+)?))(?=\s*(?:$|[.,!?]))", r"\g<what> to \g<who>"),
        (r"(?:explain|explains|explained)(?P<fix>) (?=(?:me|him|us|them)(?:\s*(?:$|[.,!?])| (?:how|what|why)\b))", " to"),
        (r"(?:depend|depends|depended)(?P<fix>) (?=(?:my|you|the|me|his|her|us|him|them|weather)\b)", " on"),
        (r"(?:play|plays|played|playing)(?P<fix>) (?=(?:me|him|us|them|my (?:friends?|dog|cat|brother|sister|cousins?|dad|mom|father|toys?|puppy))(?:\s*(?:$|[.,!?])| (?:in|at|every|and|after|on|yesterday|outside)\b))", " with"),
        (r"take care(?P<fix>) (?=(?:my|me|him|her|it|us|them|the|our|his)\b)", " of"),
    ), "This word needs a small word after it.", "Động từ này cần thêm giới từ phía sau.", 0.9),
    Rule("preposition.day", "preposition", lexical(
        (rf"(?P<fix>in|at)(?= (?:this |last |next )?{DAY}\b)(?! (?:this|last|next))", "on"),
        (rf"(?P<fix>in|at)(?= (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?!\d))", "on"),
        (r"(?P<fix>in|on)(?= (?:the|our|my) (?:school )?(?:gate|bus stop|traffic light|crossroads)\b)", "at"),
        (rf"(?P<fix>(?:on|in|at) )(?=(?:last|next|this|every) (?:{DAY}|week|month|year|night|weekend|morning|summer|day|afternoon|evening)\b)", ""),
        (rf"(?P<fix>(?:in|at) the )(?={DAY}\b(?! \w))", "on "),
        (r"(?P<fix>(?:in|at) )(?=my (?:birthday)\b(?! (?:party|cake|card)))", "on "),
        (r"(?P<fix>in the|in|at|on)(?= weekend\b(?! \w+(?:trip|class)))", "on the"),
        (r"(?P<fix>in the|in)(?= weekends\b)", "on"),
        (r"(?P<fix>(?:in|on) )(?=(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half past \w+)(?: o'?clock|:\d\d| ?[ap]\.?m\b))", "at "),
        (r"(?P<fix>at the|at|on the)(?= (?:morning|afternoon|evening)(?:\s*(?:$|[.,!?])| (?:i|we|my|he|she|they)\b))", "in the"),
        (r"(?P<fix>in )(?=night\b(?! (?:market|sky|time)))", "at "),
        (r"(?P<fix>(?:on|at) )(?=(?:january|february|march|april|june|july|august|september|october|november|december)(?:\s*(?:$|[.,!?])| (?:i|we|my)\b))", "in "),
        (r"(?P<fix>(?:on|at) )(?=(?:the )?(?:summer|winter|spring)(?:\s*(?:$|[.,!?])| (?:i|we|my)\b))", "in "),
    ), "We say on Monday, in the morning, at 7 o'clock.",
       "Ngày dùng on, buổi dùng in, giờ dùng at.", 0.93),
    Rule("preposition.home", "preposition", lexical(
        (rf"{_GO} (?P<fix>to (?:the |my )?)(?=(?:home)\b(?! \w*work))", ""),
        (rf"{_GO} (?P<fix>to )(?=(?:there|here|abroad|upstairs|downstairs|outside)\b)", ""),
        (r"(?:back|come back|go back|get|got) (?P<fix>to )(?=home\b)", ""),
        (r"(?:go|goes|went|going) (?P<fix>to )(?=(?:shopping|swimming|fishing|camping|skating|hiking|sightseeing)\b)", ""),
    ), "We say go home, with no to.", "Mình nói go home, không có to.", 0.95),
    Rule("preposition.to_place", "preposition", lexical(
        (rf"{_GO}(?P<fix>) (?={_HOUSES}(?:{END}|(?= (?:to|with|and|by|on|every|yesterday|at|in|because|when|last|today|tomorrow|again|after|now|for|but)\b)))", " to"),
        (r"(?:go|goes|going|went)(?P<fix>) (?=(?:zoo|park|beach|supermarket|market|cinema|library|museum|playground|hospital|restaurant|swimming pool|mall)\b)", " to the"),
    ), "We go to a place.", "Đi đến đâu thì nói go to.", 0.92),
    Rule("preposition.at_in", "preposition", lexical(
        (r"(?:good|bad|great|best|terrible) (?P<fix>in|on|with|about|of)(?= (?:math|maths|english|drawing|swimming|singing|dancing|football|soccer|sports?|art|music|chess|science|basketball|cooking|running|badminton|games|reading|writing|playing|vietnamese|it)\b(?! class))", "at"),
        (r"(?:good|bad|great|best|terrible) (?P<fix>in|on|about|of)(?= (?!the |evening|morning)[a-z]{2,}ing\b)", "at"),
        (r"(?:i am|i'm|im|he is|she is|he's|she's|very|really) (?:very |really )?(?:good|bad|great) (?P<fix>for|with)(?= (?!something|anything|everything|nothing)[a-z]{2,}ing\b)", "at"),
        (r"(?:good|bad|great) (?P<fix>(?:at|in|with|on) (?P<v>draw|sing|cook|write|read|speak))(?=\s*(?:$|[.,!?]| \w+))", lambda m: f"at {m['v']}ing"),
        (r"born (?P<fix>on|at)(?= (?:the year )?(?:19|20)\d\d\b)", "in"),
        (r"(?:games?|videos?|cartoons?|movies?|youtube|songs?) (?P<fix>in|by|with)(?= (?:my |the |his |her |mom's )?(?:phone|computer|tablet|ipad|laptop|tv|internet)\b)", "on"),
        (r"(?:stay|stays|stayed|staying|am|is|are|was|were|eat|eats|play|work|works|alone|sleep|'m) (?P<fix>in)(?= home\b)", "at"),
        (r"(?:share|shares|shared|sharing) (?:\w+ ){1,3}?(?P<fix>to)(?= (?:me|him|her|us|them|my \w+|his \w+|her \w+|everyone|other)\b)", "with"),
        (r"(?:depend|depends|depended) (?P<fix>of|in|to)(?= )", "on"),
        (r"similar (?P<fix>with|as)(?= )", "to"),
        (r"famous (?P<fix>with|about|by|of)(?= )", "for"),
        (r"(?:bored|tired) (?P<fix>about|at)(?= (?:it|this|that|the|my|[a-z]+ing)\b)", "of"),
        (r"(?:smile|smiles|smiled|shout|shouts|shouted|point|points|laugh|laughs|laughed) (?P<fix>with|to|on)(?= (?:me|him|her|us|them)(?:\s*(?:$|[.,!?])| and\b| because\b))", "at"),
        (r"(?P<fix>in front)(?= (?:the|my|our|his|her) \w)", "in front of"),
        (r"(?:is|are|sit|sits|sat|live|lives|stand|stands|house|shop|school) (?P<fix>next)(?= (?:me|him|her|us|them|my|our)\b)", "next to"),
        (r"next (?P<fix>of|with|from)(?= (?:me|him|her|us|them|my|our|the)\b)", "to"),
        (r"(?P<fix>on)(?= the sky\b)", "in"),
        (r"(?:est|best|most \w+) (?:\w+ )?(?P<fix>on)(?= the world\b)", "in"),
        (r"(?:interested|interest) (?P<fix>on|about|at|with|to|for)(?= )", "in"),
        (r"(?:afraid|scared|frightened) (?P<fix>with|about|from|to|for|by|at)(?= (?!my mom to\b)(?:[a-z]+s\b|the|my|a|it|him|her|you|ghost|dark|dog|spider|snake|water|rain)\b)(?! (?:see|go|tell|say|eat|touch|play|be|swim|do)\b)", "of"),
        (r"(?:different) (?P<fix>with|to)(?= )", "from"),
        (r"(?:kind|nice|friendly|rude|mean|polite) (?P<fix>with)(?= (?:me|us|him|her|them|you|everyone|everybody|people|my)\b)", "to"),
        (r"(?:am|is|are|was|were|so|very|'m|'s|'re) angry(?P<fix>) (?=(?:me|him|us|them|her)(?:\s*(?:$|[.,!?])| because\b| and\b))", " with"),
        (r"(?:arrive|arrives|arrived) (?P<fix>in)(?= (?:school|class|my (?:school|class|house)|the (?:school|airport|station|zoo|park|hotel))\b)", "at"),
        (r"(?:angry|mad) (?P<fix>to|of)(?= (?:me|us|him|her|them|you|my)\b)", "with"),
        (r"(?:proud) (?P<fix>about|with|for|on)(?= (?:me|us|him|her|them|you|my|it)\b)", "of"),
        (r"(?:full) (?P<fix>with)(?= )", "of"),
        (r"(?:live|lives|lived|living) (?P<fix>at|on)(?= (?:ha ?noi|viet ?nam|hue|da ?nang|saigon|ho chi minh|hai phong|da ?lat|can tho|the countryside|countryside|a (?:small |big |little )?(?:city|village|town|house|apartment))\b)", "in"),
        (r"(?:live|lives|lived|living)(?P<fix>) (?=(?:ha ?noi|viet ?nam|hue|da ?nang|saigon|ho chi minh|hai phong|da ?lat|can tho|(?:a|the) (?:small |big )?(?:city|village|house|countryside))\b)", " in"),
        (rf"(?P<fix>in|at)(?= {_MEDIA}(?:{END}|(?= (?:and|with|every|yesterday|today|at|because|when|but|all|last)\b)))(?<!\bput in)", "on"),
        (r"(?P<fix>on)(?= (?:the|this|that|my) (?:picture|photo)\b)", "in"),
        (r"(?P<fix>in)(?= (?:the|my) (?:wall|floor|bus|farm|beach|ceiling)\b)(?! the (?:bus stop|farm house))", "on"),
        (r"(?:go|goes|went|come|came|travel|travels|going|school|home|work|market) (?P<fix>with|on|in)(?= (?:bus|car|train|plane|bike|bicycle|motorbike|taxi|boat)\b)", "by"),
        (r"(?P<fix>by)(?= foot\b)", "on"),
        (r"(?:sit|sits|sat|stand|stands|stood|live|lives) (?P<fix>besides)(?= )", "beside"),
        (r"(?<![\w,] )(?P<fix>thank for)(?= (?:your|the|helping|coming|my|this)\b)", "thank you for"),
        (r"(?P<fix>all the (?P<w>day|night))(?=\s*(?:$|[.,!?]| (?:and|so|but|because|with)\b))", lambda m: "all " + m["w"]),
        (r"(?P<fix>(?:in |on )(?=every (?:morning|day|evening|night|week|month|afternoon)\b))", ""),
        (r"(?P<fix>by walk(?:ing)?|with walking)" + END, "on foot"),
        (r"(?:borrow|borrows|borrowed) (?:an? |the |some |his |her )?(?:\w+ )?\w+ (?P<fix>of)(?= (?:my|me|him|her|the|his|our|a)\b)", "from"),
        (r"(?:spend|spends|spent) (?:\w+ ){0,4}(?:money|hours?|time) (?P<fix>for|in)(?= (?:\w+s|candy|food|it|clothes|homework|my \w+)" + END + ")", "on"),
        (r"(?:go|goes|went|come|comes|travel|travels) (?:to \w+ |home |there )(?P<fix>with (?:my |a |the |his |her )?)(?=(?:bus|bike|bicycle|motorbike|train|plane|taxi|boat|car)\s*(?:$|[.,!?]| every\b| and\b))", "by "),
    ), "We use another small word here.", "Chỗ này dùng giới từ khác nhé.", 0.9),
    Rule("preposition.extra", "preposition", lexical(
        (r"(?:discuss|discussed|discussing) (?P<fix>about )", ""),
        (r"(?:enter|entered) (?P<fix>(?:to|into) )(?=the|my|a)", ""),
        (r"(?:visit|visits|visited|visiting) (?P<fix>(?:to|at) )(?=\w)(?! (?:night|home|christmas|tet))", ""),
        (rf"(?:ask|asked|asks|tell|tells|told|help|helps|helped|call|called|phone|thank|kiss|hug|teach|teaches|taught|answer|marry|married|meet|met) (?P<fix>to )(?={_PERSON}\b)", ""),
        (r"(?:under|behind|beside|between|above) (?P<fix>of )(?=(?:my|the|his|her|our|a|your)\b)", ""),
        (r"(?:near) (?P<fix>(?:from|with|of) )(?=(?:my|the|his|her|our|a|your|school)\b)", ""),
        (r"(?:am|is|are|was|were|'s|get|gets|got|getting) married (?P<fix>with)(?= (?:my|an?|the|him|her|his|me|someone)\b)(?! the help)", "to"),
        (r"(?<!are )(?<!is )(?<!was )(?<!got )(?:married|marry|marries) (?P<fix>with )(?=(?:my|an?|the|him|her|his|me)\b)", ""),
        (r"(?:arrive|arrived|arrives) (?P<fix>(?:at|to|in) )(?=home\b)", ""),
        (r"(?:arrive|arrived|arrives) (?P<fix>to)(?= )", "at"),
        (r"(?:like|likes|love|loves|enjoy|enjoys) (?P<fix>to )(?=(?:music|football|cats|dogs|ice cream|pizza|english)\b(?! (?:class|fans)))", ""),
        (r"(?:because) (?P<fix>of )(?=(?:i|he|she|we|they|it|you) (?:am|is|are|was|were|want|wants|like|likes|have|has|don't|love|can|had|had)\b)", ""),
    ), "No small word here.", "Chỗ này không cần giới từ.", 0.9),
    Rule("preposition.because_of", "preposition", lexical(
        (r"because(?P<fix>) (?=(?:the|my|this) (?:rain|noise|weather|traffic|test|homework|heat|sun|wind|storm)\s*(?:$|[.!?]))", " of"),
        (r"(?:thank you|thanks)(?P<fix>) (?=(?:your help|helping|the (?:gift|present|book|toy)|coming|your (?:present|gift)|teaching)\b)", " for"),
        (r"far(?P<fix>) (?=(?:my|our|his|her) (?:house|home|school)\b)", " from"),
        (r"(?:say|says|said) (?P<fix>(?P<who>me|him|her|us|them|my (?:mom|dad|friend|teacher)) (?P<what>hello|hi|goodbye|bye|sorry|thank you|good night|good morning))\b", r"\g<what> to \g<who>"),
        (rf"(?:say|says|said)(?P<fix>) (?=(?:me|him|us|them)(?: that\b|{END}))", " to"),
    ), "This needs a small word.", "Chỗ này cần thêm giới từ.", 0.88),
    Rule("preposition.to_me", "preposition", lexical(
        (rf"(?:give|gives|gave|buy|buys|bought|send|sent|show|shows|showed|tell|tells|told|make|made) (?P<fix>(?:to|for) )(?={OBJ} (?:a|an|the|some|my|many|this|two|new|lots|one|about)\b)", ""),
    ), "We say give me a book.", "Mình nói give me a book.", 0.88),
)  # fmt: skip
