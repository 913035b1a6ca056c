"""Closed classes: pronouns, determiners, auxiliaries, prepositions, time words."""

from tools.grammar.lexicon import words

BE = {"am", "is", "are", "was", "were", "'m", "'s", "'re", "m", "be"}
FINITE_BE = BE - {"be"}
DO = {"do", "does", "did"}
MODALS = {"can", "could", "will", "would", "should", "must", "may", "might", "shall", "'ll", "'d", "ca", "wo", "ll"}
HAVE = {"have", "has", "had", "'ve"}
NOT = {"not", "n't", "nt"}
AUXILIARIES = FINITE_BE | DO | MODALS | HAVE

SUBJECT_ONLY = {"i", "he", "she", "we", "they"}
SUBJECTS = SUBJECT_ONLY | {"you", "it"}
OBJECTS = {"me", "him", "her", "us", "them", "you", "it"}
POSSESSIVES = {"my", "your", "his", "her", "our", "their", "its"}
DEMONSTRATIVES = {"this", "that", "these", "those"}
ARTICLES = {"a", "an", "the"}
NUMBERS = words(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    """
)
PLURAL_QUANTIFIERS = {"many", "several", "both", "few", "these", "those"}
DETERMINERS = (
    ARTICLES | POSSESSIVES | DEMONSTRATIVES | NUMBERS | PLURAL_QUANTIFIERS
    | {"some", "any", "every", "each", "no", "all", "another", "one", "most", "which", "what", "whose", "either"}
)  # fmt: skip
INDEFINITE_PRONOUNS = words(
    """
    everyone everybody someone somebody anyone anybody nobody everything something nothing anything
    """
)
COORDINATORS = {"and", "but", "so", "or", "then"}
SUBORDINATORS = {
    "because", "cause", "cuz", "when", "if", "although", "though", "while", "after", "before", "until", "since",
    "that", "where", "why", "how", "what", "who", "which", "whenever", "unless", "whether",
}  # fmt: skip
WH = {"what", "where", "when", "why", "how", "who", "which", "whose"}
PREPOSITIONS = words(
    """
    in on at to from with of for about by near under behind into after before without between over above inside
    outside around through like as than during beside onto off up down out
    """
)
PLACE_PREPOSITIONS = {"in", "on", "at", "from", "near", "under", "behind", "beside", "inside"}
DEGREE = {"very", "so", "too", "really", "quite", "pretty", "more", "super"}
ADVERBS = DEGREE - {"more"} | words(
    """
    also always usually often sometimes never ever still just already now then today only maybe both all
    probably actually sadly finally suddenly even almost not n't nt
    """
)
HABITUAL = {"always", "usually", "often", "sometimes", "never", "everyday", "rarely", "normally"}
PRESENT_TIME = HABITUAL | {"now", "today", "tomorrow", "every", "tonight", "nowadays"}
INTERJECTIONS = words(
    """
    oh hi hello yes no yeah yep nope well um uh umm wow hey ok okay please hmm ah haha pika sure dear shh shhh psst hush
    look listen yay ouch ow eww er erm hm mm aww sorry
    """
)
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
MONTHS = words("january february march april june july august september october november december")
COMPLEMENT_VERBS = words(
    """
    think know say said says thinks knows knew thought hope hopes guess believe feel wish sure tell told see
    mean forgot forget remember dream
    """
)
