"""Nouns children use: people, animals, things; countable or not; where they want an article."""

from tools.grammar.lexicon import words

FEMALE = words(
    """
    mother mom mum mommy mama mummy sister grandma grandmother granny aunt auntie girl woman lady queen princess
    daughter wife niece
    """
)
MALE = words(
    """
    father dad daddy papa brother grandpa grandfather uncle boy man king prince son husband nephew
    """
)
JOBS = words(
    """
    teacher doctor nurse farmer worker engineer driver cook chef singer student pilot policeman fireman firefighter
    dentist painter scientist writer player dancer footballer superhero hero astronaut soldier youtuber gamer artist
    actor actress businessman vet builder waiter pupil magician coach policewoman fisherman
    postman mailman waitress hairdresser librarian architect lawyer tailor cleaner guard clown swimmer runner
    speaker designer photographer programmer astronomer businesswoman
    """
)
PEOPLE = (
    FEMALE
    | MALE
    | JOBS
    | words(
        """
    captain goalkeeper friend baby kid child cousin classmate neighbor neighbour person robot monster twin parent guest
    leader grandparent teammate teenager king queen knight pirate wizard mermaid giant thief vampire zombie
    """
    )
)
ANIMALS = words(
    """
    cat dog bird fish rabbit monkey tiger lion elephant bear snake mouse rat duck chicken pig cow horse spider ant
    bee butterfly frog turtle tortoise hamster parrot panda giraffe zebra dolphin shark whale crocodile dinosaur
    kitten puppy goat sheep buffalo insect cockroach penguin fox wolf kangaroo dragon unicorn animal pet worm snail
    camel leopard cheetah hippo rhino crab lobster owl eagle crow pigeon swan peacock ostrich bat squirrel hedgehog
    beaver koala lizard gecko dragonfly grasshopper mosquito caterpillar beetle ladybug lamb pony donkey hen rooster
    chick goose raccoon starfish
    """
)
THINGS = words(
    """
    apple orange banana mango egg cake cookie candy sweet sandwich pizza hamburger burger carrot tomato potato onion
    grape strawberry watermelon lemon pear peach bottle cup glass plate bowl spoon fork knife box bag backpack book
    notebook pencil pen ruler eraser crayon marker picture photo story song movie film cartoon game toy doll robot
    car bus bike bicycle motorbike train plane airplane boat ship truck taxi kite ball balloon computer phone tablet
    laptop camera television clock chair table desk bed door window wall room house home school class classroom
    kitchen bedroom bathroom garden park zoo beach river lake mountain hill tree flower leaf forest farm village
    city town street road bridge hospital market supermarket shop restaurant cinema museum library hotel pool
    playground shirt dress skirt hat cap coat jacket shoe sock sweater scarf glove t-shirt umbrella watch ring
    necklace hand foot leg arm eye ear nose mouth tooth finger face head tail wing star cloud rainbow stone rock
    question answer lesson word sentence letter number test exam mistake idea problem party present gift birthday
    holiday day night week month year hour minute second morning afternoon evening weekend time name color colour
    sport team goal medal prize card sticker guitar piano drum dance club trip story lollipop donut cupcake brother
    dream job language country world planet moon sun sea island lantern festival bone carrot cage nest castle lamp
    fan pillow blanket key bell stick map flag mask costume puzzle block swing slide ladder mirror comb brush
    toothbrush teddy comic noodle dumpling snowman ghost witch candle basket bucket fence gate roof floor page line
    group thing place fact joke riddle poem superpower rocket spaceship alien tank helicopter scooter skateboard
    hobby subject pancake jellyfish octopus star kilo meter dollar classmate level stranger vegetable fruit dish
    tray pot pan jar kettle stove oven fridge freezer microwave sofa couch armchair stool shelf cupboard drawer
    wardrobe carpet rug curtain towel napkin balcony yard apartment building tower temple pagoda church palace
    cottage hut tent office factory station airport stadium theatre theater corner hole tunnel cave valley waterfall
    volcano desert jungle pond ocean field bush branch root seed rose sunflower wheel seat helmet pedal ticket
    passport suitcase wallet purse coin menu envelope stamp postcard magazine newspaper diary dictionary textbook
    workbook folder stapler calculator sharpener paintbrush whiteboard blackboard board screen keyboard printer
    microphone drone battery charger button rope hammer axe shovel tool machine ribbon crown bracelet earring belt
    uniform jumper vest sandal boot slipper sneaker pocket cabbage cucumber mushroom pumpkin pea bean nut peanut
    pineapple papaya lychee plum cherry coconut durian avocado biscuit cracker chip muffin waffle sausage snack meal
    elbow knee shoulder neck toe thumb lip cheek eyebrow stomach headache stomachache toothache fever match race
    contest competition trophy point rule secret adventure journey habit skill chance reason example mark message
    email video channel website app password account character villain sword shield gun arrow bomb treasure diamond
    jewel project experiment poster topic unit chapter paragraph quiz certificate concert firework voice sound
    accident storm flood earthquake typhoon feeling nightmare shape circle triangle rectangle pattern bottom
    continent king queen magnet shell marble ingredient recipe program insect owner member winner bean spoonful
    slice bunch pair pile row century metre centimetre centimeter kilometer kilometre gram litre liter cent
    """
)
COUNTABLE = PEOPLE | ANIMALS | THINGS
# Countable words that also stand bare for stuff or in fixed phrases.
ALSO_MASS = words(
    """
    fish chicken duck cake pizza chocolate school class home bed time sport fruit dance watermelon egg television
    color colour night morning afternoon evening week day fan ring sweet candy lemon onion tomato potato dinosaur
    thing cook rock stone glass room dream match race feeling sound voice chip board stomach neck bottom snack point
    storm cabbage pumpkin cucumber pineapple papaya coconut durian avocado sausage treasure race lamb meal video
    dish chance crab lobster mark email
    """
)
MASS = words(
    """
    homework housework water milk rice money music bread information advice news furniture luggage equipment
    knowledge meat beef pork juice tea coffee sugar salt fun luck rain snow air hair english math maths weather
    traffic rubbish garbage trash work help love sand grass ice food soup butter cheese honey paper vocabulary
    grammar sunshine electricity lightning thunder research dirt mud dust dark darkness darkness blood sweat energy
    power magic peace freedom happiness salad sauce pepper corn flour oil smoke fire gold silver wood plastic metal
    glue ink chalk jewelry clothing mail stuff toothpaste shampoo soap seafood fruit porridge yogurt ketchup jam
    cereal pasta spaghetti tofu garlic ginger lemonade soda beer wine wind fog mist
    """
)
INVARIANT = {"fish", "sheep", "deer", "people", "children", "clothes", "aircraft"}
NEEDS_THE = words(
    """
    zoo park beach supermarket market cinema library museum playground swimming-pool toilet bathroom hospital
    restaurant sea mountain mountains garden river kitchen store mall
    """
)
IRREGULAR_PLURALS = {
    "child": "children", "man": "men", "woman": "women", "mouse": "mice", "foot": "feet", "tooth": "teeth",
    "person": "people", "leaf": "leaves", "knife": "knives", "wolf": "wolves", "policeman": "policemen",
    "fireman": "firemen", "businessman": "businessmen", "snowman": "snowmen", "sheep": "sheep", "fish": "fish",
    "octopus": "octopuses", "shelf": "shelves", "wife": "wives", "piano": "pianos", "photo": "photos", "zoo": "zoos",
    "kilo": "kilos", "potato": "potatoes", "tomato": "tomatoes", "mango": "mangoes", "hero": "heroes",
    "superhero": "superheroes", "jellyfish": "jellyfish", "kangaroo": "kangaroos", "video": "videos",
    "buffalo": "buffaloes", "roof": "roofs", "hippo": "hippos", "rhino": "rhinos",
    "chef": "chefs", "scarf": "scarves", "goose": "geese", "quiz": "quizzes",
    "policewoman": "policewomen", "fisherman": "fishermen", "postman": "postmen", "mailman": "mailmen",
    "businesswoman": "businesswomen", "calf": "calves", "half": "halves",
    "stomach": "stomachs", "mosquito": "mosquitoes",
    "volcano": "volcanoes", "starfish": "starfish", "grandchild": "grandchildren",
    "robot": "robots", "lady": "ladies", "fox": "foxes", "bus": "buses",
}  # fmt: skip
WRONG_PLURALS = {
    "childs": "children", "childrens": "children", "mans": "men", "mens": "men", "womans": "women", "womens": "women",
    "mouses": "mice", "foots": "feet", "feets": "feet", "tooths": "teeth", "teeths": "teeth", "sheeps": "sheep",
    "peoples": "people", "persons": "people", "leafs": "leaves", "knifes": "knives", "wolfs": "wolves",
    "gooses": "geese", "mices": "mice", "policemans": "policemen", "deers": "deer", "snowmans": "snowmen",
}  # fmt: skip
VOWEL_SOUND_EXCEPTIONS = ("uni", "use", "eu", "one", "once", "u-")
SILENT_H = {"hour", "honest", "honor", "honour"}


def plural_of(noun: str) -> str:
    """The plural of a singular noun in lower case."""
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + "s"


PLURALS = {plural_of(noun): noun for noun in COUNTABLE if plural_of(noun) != noun}
NOUNS = COUNTABLE | set(PLURALS) | MASS | {"people", "family", "clothes", "class", "parents", "mid-autumn", "favourite"}


def article_for(word: str) -> str:
    """ "a" or "an" before `word`, by its sound."""
    low = word.lower()
    if low in SILENT_H:
        return "an"
    vowel = low[:1] in set("aeiou") and not low.startswith(VOWEL_SOUND_EXCEPTIONS)
    return "an" if vowel else "a"


# What follows "is" after these names the thing itself: "my hobby is drawing", "my dream is to fly".
PASTIMES = words("hobby hobbies sport pastime activity")
WISHES = words("dream wish plan goal job work duty")
NO_DOERS = PASTIMES | WISHES | words("question homework exercise task answer rule idea problem lesson thing game")
