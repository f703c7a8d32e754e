import type { DecisionTree, TreeEnd } from '@anw/api-contracts';

const call112: TreeEnd = { outcome: 'emergency-112', advice: 'Vraag de beller om nu 112 te bellen, of bel zelf 112 en blijf aan de lijn. Laat de voordeur openzetten.' };
const visit = (urgency: 'routine' | 'soon' | 'urgent', advice: string): { readonly end: TreeEnd } => ({ end: { outcome: 'out-of-hours-care', urgency, advice } });
const informalCarer = (advice: string): { readonly end: TreeEnd } => ({ end: { outcome: 'informal-carer', advice } });
const nothing = (advice: string): { readonly end: TreeEnd } => ({ end: { outcome: 'nothing-needed', advice } });
const ask = (question: string): { readonly question: string } => ({ question });

/** How the desk of the sample region decides what a call in the evening, the night or the weekend needs. */
export const sampleDecisionTree: DecisionTree = {
  title: 'ANW-zorg thuis, regio Oost',
  start: 'life-threatening',
  questions: [
    {
      id: 'life-threatening',
      text: 'Is er nu direct gevaar voor het leven?',
      help: 'Denk aan: niet wekbaar, ernstig benauwd, pijn of druk op de borst, scheve mond of plots krachtverlies, hevig bloedverlies, stikken, brand.',
      answers: [
        { id: 'yes', text: 'Ja', then: { end: call112 } },
        { id: 'no', text: 'Nee', then: ask('planned') },
        { id: 'unclear', text: 'Dat is niet duidelijk', then: ask('responsive') },
      ],
    },
    {
      id: 'responsive',
      text: 'Reageert de cliënt als iemand praat of de schouder schudt, en ademt hij of zij rustig?',
      help: 'Is er niemand bij de cliënt en neemt die niet op? Kies dan "Niemand kan het zien".',
      answers: [
        { id: 'yes', text: 'Ja, reageert en ademt rustig', then: ask('planned') },
        { id: 'no', text: 'Nee', then: { end: call112 } },
        { id: 'nobody-there', text: 'Niemand kan het zien', then: visit('urgent', 'Stuur direct iemand. Laat de zorgverlener 112 bellen als de cliënt niet reageert.') },
      ],
    },
    {
      id: 'planned',
      text: 'Is dit zorg die al is afgesproken voor vanavond, vannacht of dit weekend?',
      answers: [
        { id: 'yes', text: 'Ja, geplande zorg', then: ask('planned-moment') },
        { id: 'no', text: 'Nee, dit is een nieuwe vraag', then: ask('complaint') },
      ],
    },
    {
      id: 'planned-moment',
      text: 'Is het moment belangrijk, bijvoorbeeld voor insuline of pijnmedicatie?',
      answers: [
        { id: 'fixed', text: 'Ja, op een vast tijdstip', then: visit('soon', 'Plan het bezoek rond het afgesproken tijdstip.') },
        { id: 'free', text: 'Nee, binnen de dienst is goed', then: visit('routine', 'Plan het bezoek in de route.') },
        { id: 'cancelled', text: 'De zorg is niet meer nodig', then: nothing('Leg vast dat de geplande zorg vervalt en vraag de beller dit ook aan het dagteam te melden.') },
      ],
    },
    {
      id: 'complaint',
      text: 'Waar gaat de vraag over?',
      answers: [
        { id: 'fall', text: 'Vallen', then: ask('fall-injury') },
        { id: 'catheter-stoma', text: 'Katheter, stoma of sonde', then: ask('catheter') },
        { id: 'medication', text: 'Medicatie', then: ask('medication') },
        { id: 'wound-pain', text: 'Wond, bloeding of pijn', then: ask('wound') },
        { id: 'dying', text: 'Zorg in de laatste levensfase', then: ask('palliative') },
        { id: 'confusion', text: 'Verward, onrustig of angstig', then: ask('confusion') },
        { id: 'personal-care', text: 'Toiletgang, verschonen, naar bed', then: ask('personal-care') },
        { id: 'ill', text: 'Ziek: koorts, braken, benauwd', then: ask('ill') },
        { id: 'question', text: 'Alleen een vraag of advies', then: ask('advice') },
      ],
    },
    {
      id: 'fall-injury',
      text: 'Heeft de cliënt zich bezeerd?',
      help: 'Let op: been korter of naar buiten gedraaid, hoofd gestoten met bloedverdunners, hevige pijn bij bewegen, bewusteloos geweest.',
      answers: [
        { id: 'serious', text: 'Ja, ernstig of hoofd gestoten met bloedverdunners', then: { end: call112 } },
        { id: 'light', text: 'Ja, licht', then: visit('urgent', 'Laat de cliënt liggen als opstaan pijn doet. Warm toedekken.') },
        { id: 'none-on-floor', text: 'Nee, maar kan niet opstaan', then: ask('helper') },
        { id: 'none-up', text: 'Nee, en is weer op de been', then: nothing('Vraag de beller terug te bellen bij pijn, sufheid of braken in de komende 24 uur. Meld de val aan het dagteam.') },
      ],
    },
    {
      id: 'helper',
      text: 'Is er iemand in de buurt die sterk genoeg is en wil helpen met opstaan?',
      answers: [
        { id: 'yes', text: 'Ja, een naaste of buur komt', then: informalCarer('Spreek af wie er komt en hoe laat. Vraag die persoon terug te bellen als opstaan niet lukt.') },
        { id: 'no', text: 'Nee', then: visit('urgent', 'Zeg hoe laat er ongeveer iemand komt. Warm toedekken.') },
      ],
    },
    {
      id: 'catheter',
      text: 'Wat is er met de katheter, stoma of sonde?',
      answers: [
        { id: 'blocked', text: 'Loopt niet af, met pijn of drang', then: visit('urgent', 'Vraag of er een reservekatheter in huis is.') },
        { id: 'out', text: 'Is eruit', then: visit('soon', 'Laat niets terugduwen. Vraag of er nieuw materiaal in huis is.') },
        { id: 'leaking', text: 'Lekt', then: ask('self-care') },
        { id: 'blood', text: 'Veel bloed of koude rillingen', then: visit('urgent', 'Overleg ook met de huisartsenpost.') },
      ],
    },
    {
      id: 'self-care',
      text: 'Kan de cliënt of een naaste dit met uitleg zelf oplossen tot morgen?',
      answers: [
        { id: 'client', text: 'Ja, de cliënt zelf', then: nothing('Geef uitleg en vraag terug te bellen als het niet lukt. Meld het aan het dagteam.') },
        { id: 'carer', text: 'Ja, een naaste', then: informalCarer('Spreek af wie het doet en hoe laat. Meld het aan het dagteam.') },
        { id: 'no', text: 'Nee', then: visit('soon', 'Vraag welk materiaal er in huis is.') },
      ],
    },
    {
      id: 'medication',
      text: 'Wat is er met de medicatie?',
      answers: [
        { id: 'insulin-low', text: 'Suiker te laag, of suf en zweten', then: ask('sugar') },
        { id: 'forgotten-critical', text: 'Insuline, pijnpomp of bloedverdunner vergeten', then: visit('urgent', 'Laat niets alsnog innemen of spuiten voor de zorgverlener er is.') },
        { id: 'forgotten-other', text: 'Andere medicatie vergeten', then: ask('self-care') },
        { id: 'wrong', text: 'Verkeerde of te veel medicatie', then: visit('urgent', 'Overleg nu met de huisartsenpost. Laat de verpakking bewaren.') },
      ],
    },
    {
      id: 'sugar',
      text: 'Kan de cliënt veilig slikken en iets zoets drinken?',
      answers: [
        { id: 'yes', text: 'Ja', then: visit('urgent', 'Laat nu een glas limonade of zes druivensuikers nemen en over een kwartier opnieuw meten.') },
        { id: 'no', text: 'Nee, of te suf', then: { end: call112 } },
      ],
    },
    {
      id: 'wound',
      text: 'Wat past het beste?',
      answers: [
        { id: 'bleeding', text: 'Bloeding stopt niet na tien minuten drukken', then: { end: call112 } },
        { id: 'soaked', text: 'Verband doorgelekt of los', then: ask('self-care') },
        { id: 'pain', text: 'Pijn die niet te houden is', then: visit('urgent', 'Vraag welke pijnstilling is genomen en hoe laat.') },
        { id: 'other', text: 'Anders, kan wachten', then: visit('routine', 'Plan het bezoek in de route.') },
      ],
    },
    {
      id: 'palliative',
      text: 'Wat is er nodig?',
      help: 'Kijk na of er afspraken zijn over wel of niet reanimeren en wel of niet insturen. Bij 112 geldt de wens van de cliënt.',
      answers: [
        { id: 'comfort', text: 'Pijn, benauwdheid of onrust', then: visit('urgent', 'Blijf aan de lijn als de naasten dat prettig vinden.') },
        { id: 'pump', text: 'Pomp of infuus alarmeert', then: visit('urgent', 'Vraag wat er op het scherm staat.') },
        { id: 'died', text: 'De cliënt is overleden', then: visit('soon', 'Condoleer. Vraag of de huisarts al is gebeld: die stelt het overlijden vast.') },
        { id: 'support', text: 'Steun voor de naasten', then: visit('soon', 'Vraag wie er bij de cliënt is.') },
      ],
    },
    {
      id: 'confusion',
      text: 'Is de verwardheid nieuw of plots erger?',
      answers: [
        { id: 'new', text: 'Ja, nieuw of plots', then: visit('urgent', 'Overleg ook met de huisartsenpost.') },
        { id: 'known', text: 'Nee, dit is bekend', then: ask('carer-tonight') },
        { id: 'danger', text: 'Gevaarlijk voor zichzelf of anderen', then: { end: call112 } },
      ],
    },
    {
      id: 'carer-tonight',
      text: 'Kan een naaste vannacht bij de cliënt zijn?',
      answers: [
        { id: 'yes', text: 'Ja', then: informalCarer('Spreek af wie er komt en hoe laat. Vraag terug te bellen als het niet gaat.') },
        { id: 'no', text: 'Nee', then: visit('soon', 'Zeg hoe laat er ongeveer iemand komt.') },
      ],
    },
    {
      id: 'personal-care',
      text: 'Kan dit wachten tot de volgende geplande zorg?',
      help: 'Doorliggen, wonden of een natte stomaplak zijn redenen om niet te wachten.',
      answers: [
        { id: 'yes', text: 'Ja', then: nothing('Vraag terug te bellen als het toch niet gaat. Meld het aan het dagteam.') },
        { id: 'carer', text: 'Nee, een naaste kan helpen', then: informalCarer('Spreek af wie er komt en hoe laat.') },
        { id: 'no', text: 'Nee, en er is niemand', then: visit('soon', 'Zeg hoe laat er ongeveer iemand komt.') },
      ],
    },
    {
      id: 'ill',
      text: 'Hoe ziek is de cliënt?',
      help: 'Snel ademen, blauwe lippen, niet meer plassen of niet aanspreekbaar: dat is ernstig.',
      answers: [
        { id: 'serious', text: 'Ernstig ziek, wordt snel slechter', then: { end: call112 } },
        { id: 'moderate', text: 'Ziek, maar aanspreekbaar', then: visit('urgent', 'Overleg ook met de huisartsenpost. Laat temperatuur en hartslag meten.') },
        { id: 'light', text: 'Licht ziek', then: nothing('Adviseer drinken en rust. Bij twijfel de huisartsenpost bellen.') },
      ],
    },
    {
      id: 'advice',
      text: 'Is de beller met uw antwoord geholpen?',
      answers: [
        { id: 'yes', text: 'Ja', then: nothing('Leg kort vast wat is gevraagd en geantwoord.') },
        { id: 'carer', text: 'Een naaste helpt verder', then: informalCarer('Spreek af wie dat is.') },
        { id: 'no', text: 'Nee, iemand moet komen kijken', then: visit('routine', 'Plan het bezoek in de route.') },
      ],
    },
  ],
};
