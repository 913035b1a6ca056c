"""Adjectives children use, by what the rules need to know of them."""

from tools.grammar.lexicon import words

COLOURS = words("red blue green yellow black white pink purple orange brown grey gray golden")
SIZES = words("big small large tall short long little huge tiny fat thin")
QUALITIES = words(
    """
    beautiful pretty cute new old nice ugly good bad funny strong clever smart lovely expensive cheap delicious kind
    happy sad hot cold dirty clean interesting boring scary dangerous friendly handsome round special gentle silly
    stupid fluffy furry terrible horrible awful modern ancient traditional enormous deep wide thick bright dark
    shiny colourful colorful strange weird magical yummy tasty juicy messy muddy curly cheerful talented naughty
    brave lazy noisy famous heavy sweet spicy soft wonderful amazing great exciting
    """
)
STATES = words(
    """
    angry hungry thirsty tired sleepy bored excited scared afraid sick ill busy late ready sure sorry lonely proud
    shy worried nervous surprised wonderful great fantastic amazing awesome careful famous favorite favourite free
    full heavy important lazy loud noisy quiet naughty polite rich poor sweet salty sour spicy soft hard easy
    difficult true wet dry warm cool sunny rainy windy cloudy young crowded different same brave healthy fast slow
    fun lucky upset alone empty broken closed dead alive wrong right fine ok okay calm curious creative honest
    helpful hardworking patient selfish weak wise wild tame fierce cuddly adorable gorgeous perfect excellent
    massive shallow narrow sharp smooth rough mysterious invisible fake similar necessary possible impossible tiring
    surprising confusing relaxing embarrassing disappointing disappointed embarrassed confused annoyed annoying
    frustrated jealous guilty thankful grateful dizzy pale sore safe fresh frozen crispy bitter disgusting yucky
    stinky smelly tidy neat snowy foggy stormy freezing chilly humid comfortable uncomfortable popular successful
    useful useless harmful peaceful convenient intelligent serious strict active energetic slim chubby skinny bald
    blond blonde straight absent asleep awake foreign crazy mad gross low
    """
)
ADJECTIVES = COLOURS | SIZES | QUALITIES | STATES
# May follow a subject without being a predicate ("my mom right now", "the cat fine"): too loose to act on.
LOOSE = {"right", "fine", "ok", "okay", "little", "hard", "fast", "late", "pretty", "kind", "free", "sure", "favorite",
         "favourite", "same", "golden", "orange", "fun", "alone", "alive", "like", "sweet", "cool", "clean", "dry",
         "warm", "empty", "slow", "quiet", "full", "great", "wrong", "close", "open", "cold"}  # fmt: skip
FEELINGS = words(
    """
    happy sad angry hungry thirsty tired sleepy bored excited scared afraid sick ill busy ready sorry lonely
    proud shy worried nervous surprised upset
    """
)
COMPARATIVES = {
    "big": ("bigger", "biggest"), "small": ("smaller", "smallest"), "tall": ("taller", "tallest"),
    "short": ("shorter", "shortest"), "long": ("longer", "longest"), "fat": ("fatter", "fattest"),
    "thin": ("thinner", "thinnest"), "old": ("older", "oldest"), "young": ("younger", "youngest"),
    "new": ("newer", "newest"), "nice": ("nicer", "nicest"), "ugly": ("uglier", "ugliest"), "good": ("better", "best"),
    "bad": ("worse", "worst"), "funny": ("funnier", "funniest"), "strong": ("stronger", "strongest"),
    "smart": ("smarter", "smartest"), "cheap": ("cheaper", "cheapest"), "happy": ("happier", "happiest"),
    "sad": ("sadder", "saddest"), "hot": ("hotter", "hottest"), "cold": ("colder", "coldest"),
    "dirty": ("dirtier", "dirtiest"), "clean": ("cleaner", "cleanest"), "scary": ("scarier", "scariest"),
    "hungry": ("hungrier", "hungriest"), "heavy": ("heavier", "heaviest"), "lazy": ("lazier", "laziest"),
    "loud": ("louder", "loudest"), "noisy": ("noisier", "noisiest"), "rich": ("richer", "richest"),
    "sweet": ("sweeter", "sweetest"), "soft": ("softer", "softest"), "hard": ("harder", "hardest"),
    "easy": ("easier", "easiest"), "warm": ("warmer", "warmest"), "cute": ("cuter", "cutest"),
    "fast": ("faster", "fastest"), "slow": ("slower", "slowest"), "pretty": ("prettier", "prettiest"),
    "high": ("higher", "highest"), "near": ("nearer", "nearest"), "large": ("larger", "largest"),
    "brave": ("braver", "bravest"), "kind": ("kinder", "kindest"), "far": ("farther", "farthest"),
    "tiny": ("tinier", "tiniest"), "cool": ("cooler", "coolest"), "early": ("earlier", "earliest"),
    "weak": ("weaker", "weakest"), "wide": ("wider", "widest"), "deep": ("deeper", "deepest"),
    "dark": ("darker", "darkest"), "bright": ("brighter", "brightest"), "wild": ("wilder", "wildest"),
    "wise": ("wiser", "wisest"), "sharp": ("sharper", "sharpest"), "thick": ("thicker", "thickest"),
    "safe": ("safer", "safest"), "fresh": ("fresher", "freshest"), "tasty": ("tastier", "tastiest"),
    "messy": ("messier", "messiest"), "low": ("lower", "lowest"), "quick": ("quicker", "quickest"),
    "angry": ("angrier", "angriest"), "busy": ("busier", "busiest"), "healthy": ("healthier", "healthiest"),
    "naughty": ("naughtier", "naughtiest"), "crazy": ("crazier", "craziest"), "silly": ("sillier", "silliest"),
    "shiny": ("shinier", "shiniest"), "light": ("lighter", "lightest"), "late": ("later", "latest"),
    "lucky": ("luckier", "luckiest"), "windy": ("windier", "windiest"),
}  # fmt: skip
LONG_ADJECTIVES = words(
    """
    beautiful expensive delicious interesting dangerous difficult famous important boring handsome exciting
    careful intelligent comfortable popular wonderful talented colourful colorful helpful useful creative curious
    patient selfish annoying confusing embarrassing tiring modern traditional serious energetic terrible amazing
    adorable cheerful peaceful mysterious gorgeous enormous hardworking convenient successful
    """
)
