"""The sources of the pages "How this works". A DOI is left out where it is not certain."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    authors: str
    year: int
    title: str
    where: str
    doi: str = ""

    @property
    def url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""


SOURCES = {
    "boundaries": [
        Source(
            "Speed, B. C., Goldstein, B. L., and Goldfried, M. R.",
            2018,
            "Assertiveness training: A forgotten evidence-based treatment",
            "Clinical Psychology: Science and Practice, 25(1), e12216",
            "10.1111/cpsp.12216",
        ),
        Source(
            "Patrick, V. M., and Hagtvedt, H.",
            2012,
            "“I don’t” versus “I can’t”: When empowered refusal motivates goal-directed behavior",
            "Journal of Consumer Research, 39(2), 371–381",
            "10.1086/663212",
        ),
        Source(
            "Gollwitzer, P. M.",
            1999,
            "Implementation intentions: Strong effects of simple plans",
            "American Psychologist, 54(7), 493–503",
            "10.1037/0003-066X.54.7.493",
        ),
    ],
    "promises": [
        Source(
            "Gollwitzer, P. M.",
            1999,
            "Implementation intentions: Strong effects of simple plans",
            "American Psychologist, 54(7), 493–503",
            "10.1037/0003-066X.54.7.493",
        ),
        Source(
            "Gollwitzer, P. M., and Sheeran, P.",
            2006,
            "Implementation intentions and goal achievement: "
            "A meta-analysis of effects and processes",
            "Advances in Experimental Social Psychology, 38, 69–119",
            "10.1016/S0065-2601(06)38002-1",
        ),
        Source(
            "Lally, P., van Jaarsveld, C. H. M., Potts, H. W. W., and Wardle, J.",
            2010,
            "How are habits formed: Modelling habit formation in the real world",
            "European Journal of Social Psychology, 40(6), 998–1009",
            "10.1002/ejsp.674",
        ),
    ],
    "self-compassion": [
        Source(
            "Neff, K. D.",
            2003,
            "Self-compassion: "
            "An alternative conceptualization of a healthy attitude toward oneself",
            "Self and Identity, 2(2), 85–101",
            "10.1080/15298860309032",
        ),
        Source(
            "Breines, J. G., and Chen, S.",
            2012,
            "Self-compassion increases self-improvement motivation",
            "Personality and Social Psychology Bulletin, 38(9), 1133–1143",
            "10.1177/0146167212445599",
        ),
        Source(
            "Neff, K. D., and Germer, C. K.",
            2013,
            "A pilot study and randomized controlled trial of the mindful self-compassion program",
            "Journal of Clinical Psychology, 69(1), 28–44",
            "10.1002/jclp.21923",
        ),
    ],
    "decisions": [
        Source(
            "Mitchell, D. J., Russo, J. E., and Pennington, N.",
            1989,
            "Back to the future: Temporal perspective in the explanation of events",
            "Journal of Behavioral Decision Making, 2(1), 25–38",
            "10.1002/bdm.3960020103",
        ),
        Source(
            "Klein, G.",
            2007,
            "Performing a project premortem",
            "Harvard Business Review, 85(9), 18–19",
        ),
        Source(
            "Brier, G. W.",
            1950,
            "Verification of forecasts expressed in terms of probability",
            "Monthly Weather Review, 78(1), 1–3",
            "10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2",
        ),
        Source(
            "Lichtenstein, S., Fischhoff, B., and Phillips, L. D.",
            1982,
            "Calibration of probabilities: The state of the art to 1980",
            "In Kahneman, D., Slovic, P., and Tversky, A. (eds), Judgment under Uncertainty, "
            "Cambridge University Press, 306–334",
        ),
        Source(
            "Baron, J., and Hershey, J. C.",
            1988,
            "Outcome bias in decision evaluation",
            "Journal of Personality and Social Psychology, 54(4), 569–579",
            "10.1037/0022-3514.54.4.569",
        ),
    ],
    "mistakes": [
        Source(
            "Tangney, J. P., Wagner, P., and Gramzow, R.",
            1992,
            "Proneness to shame, proneness to guilt, and psychopathology",
            "Journal of Abnormal Psychology, 101(3), 469–478",
            "10.1037/0021-843X.101.3.469",
        ),
        Source(
            "Nolen-Hoeksema, S., Wisco, B. E., and Lyubomirsky, S.",
            2008,
            "Rethinking rumination",
            "Perspectives on Psychological Science, 3(5), 400–424",
            "10.1111/j.1745-6924.2008.00088.x",
        ),
        Source(
            "Roediger, H. L., and Karpicke, J. D.",
            2006,
            "Test-enhanced learning: Taking memory tests improves long-term retention",
            "Psychological Science, 17(3), 249–255",
            "10.1111/j.1467-9280.2006.01693.x",
        ),
        Source(
            "Cepeda, N. J., Pashler, H., Vul, E., Wixted, J. T., and Rohrer, D.",
            2006,
            "Distributed practice in verbal recall tasks: A review and quantitative synthesis",
            "Psychological Bulletin, 132(3), 354–380",
            "10.1037/0033-2909.132.3.354",
        ),
    ],
}
