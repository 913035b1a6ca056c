"""Verbs children use, by what may follow them."""

from tools.grammar.lexicon import words

VERBS = words(
    """
    accept add agree answer arrive ask bake beat become begin believe bite blow borrow break bring brush build buy
    call care carry catch celebrate change chase chat cheer choose clap clean climb close collect colour color come
    cook copy cost count cover cross cry cut dance decide die dig do draw dream dress drink drive drop eat enjoy
    enter explain fail fall feed feel fight fill find finish fix fly follow forget forgive get give go grow guess
    hang happen hate have hear help hide hit hold hope hug hurt invite join jump keep kick kill kiss know laugh
    learn leave lend let lie like listen live look lose love make marry meet miss move need open paint pay plant
    play practice practise prefer prepare promise pull push put rain read receive remember rest return ride ring run
    save say see sell send share shine snow shout show sing sit skate sleep smell smile smoke sneeze snow speak
    spell spend stand start stay steal stop study surprise sweep swim take talk taste teach tell thank think throw
    tidy touch travel try turn understand use visit wait wake walk want wash watch wave wear win wish work worry
    write yell allow appear argue attack attend avoid bark beg behave belong bend boil bother bounce breathe bully
    burn bury capture challenge chew chop click compete complain complete concentrate connect continue control crash
    crawl create decorate defend delete deliver depend describe destroy disagree disappear discover discuss disturb
    dive divide download drag drown earn encourage escape examine expect explore faint fetch float flow fold fry
    gather giggle grab greet guide hatch hop hunt hurry imagine improve introduce invent juggle knit knock lead
    lick lift lock manage mix mop nod notice obey offer order organize pack pass peel pick pinch point pour pray
    press pretend print protect punish quarrel quit race raise reach realize recycle refuse relax remind remove
    repair repeat replace reply rescue respect roar rob roll rub rush scare scold score scratch scream search seem
    serve set sew shake shut sigh sign sink skip slap slip smash snore solve spill spin splash spread squeeze stare
    step stick sting stir stretch struggle succeed suggest suppose survive swallow swing tap tease tickle tie trap
    treat trick trip trust twist type upload vote waste weigh whisper wipe wonder yawn rise swap
    """
)
# Words that are nouns as often as verbs: only a clear place makes them verbs.
NOUN_LIKE = words(
    """
    answer break call care change chat cheer color colour cook copy cost cover cross cry cut dance dream dress drink
    drive drop fall feed fight fly guess help hit hope hug jump kick kiss lie like look love move need paint plant
    play practice promise pull push rain rest return ride ring run save share shout show sleep smell smile snow
    spell stand start stay stop study surprise swim talk taste touch travel try turn use visit wait wake walk wash
    watch wave wear wish work worry attack bark challenge control crash escape guide hunt hurry joke knock lead lift
    lock mix notice offer order pack pass pick point press print race repair reply rescue respect roar roll rush
    scare score scratch scream search set shake sigh sign sink skip slip smash snore spin splash spread step stick
    sting stretch struggle swing tap tie trap treat trick trip trust twist type vote waste whisper wonder yawn
    bully drag mop nod pinch slap click
    """
)
STATIVE = words(
    """
    like love want need know have hate believe understand prefer agree remember feel live mean seem belong depend
    wonder suppose mind
    """
)
# Things that happen once and are over: after a past clause they belong to the same story.
EVENTS = words(
    """
    cry fall break say tell give find lose run buy shout laugh hit get come drop catch open close win jump throw scream
    take leave arrive forget die start stop kick bite escape disappear appear crash slip ask answer yell push pull
    """
)
# Verbs whose -ing form also names a feeling or a style ("I'm loving it").
NEVER_PROGRESSIVE = {"know", "want", "need", "understand", "believe", "agree"}
LIKING = {"like", "love", "enjoy", "want", "need", "hate", "miss", "prefer"}
TAKES_GERUND = {"enjoy", "finish", "avoid", "mind", "practice", "practise", "suggest", "dislike"}
TAKES_EITHER = {"like", "love", "hate", "prefer"}
TAKES_INFINITIVE = {"want", "need", "hope", "decide", "learn", "promise", "forget", "wish"}
BARE_CAUSATIVES = {"let", "lets", "let's", "make", "makes", "made"}
PERCEPTION = {
    "see",
    "saw",
    "sees",
    "hear",
    "heard",
    "watch",
    "watched",
    "help",
    "helps",
    "helped",
    "let",
    "make",
    "made",
}
# What children make of irregular pasts; made from the table below by adding -ed.
IRREGULAR_PASTS = {
    "go": "went", "eat": "ate", "buy": "bought", "teach": "taught", "catch": "caught", "think": "thought",
    "come": "came", "run": "ran", "swim": "swam", "drink": "drank", "write": "wrote", "make": "made", "take": "took",
    "give": "gave", "sleep": "slept", "feel": "felt", "hear": "heard", "know": "knew", "bring": "brought",
    "fall": "fell", "draw": "drew", "break": "broke", "choose": "chose", "keep": "kept", "leave": "left",
    "lose": "lost", "meet": "met", "ride": "rode", "say": "said", "sit": "sat", "stand": "stood", "tell": "told",
    "throw": "threw", "win": "won", "beat": "beat", "grow": "grew", "fly": "flew", "have": "had", "do": "did",
    "hurt": "hurt", "cut": "cut", "put": "put", "read": "read", "hit": "hit", "build": "built", "send": "sent",
    "spend": "spent", "speak": "spoke", "steal": "stole", "wear": "wore", "wake": "woke", "forget": "forgot",
    "get": "got", "see": "saw", "sell": "sold", "hold": "held", "hide": "hid", "drive": "drove", "begin": "began",
    "become": "became", "understand": "understood", "feed": "fed", "fight": "fought", "sweep": "swept", "sing": "sang",
    "bite": "bit", "blow": "blew", "shake": "shook", "cost": "cost", "pay": "paid", "lend": "lent", "dig": "dug",
}  # fmt: skip
