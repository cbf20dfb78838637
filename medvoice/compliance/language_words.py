"""Words that tell a language, folded (no accents): the data of `language`. Own lists, no foreign source."""

FUNCTION_WORDS = {
    "en": """
        the of and to in is was for that with on are this it as be at by from have has not but an or
        we you i my our your they were will can what when who how about more than their which been
        there had would he she his her its me us them these those do does did if so out up no just
        all some one into after before between because while where why should could may might every
        over most other only very much many such also even still any each own through during now
        here then too new work people today year years time day first last being both without
    """,
    "de": """
        der die das und ist nicht mit von fur den dem ein eine einen einer zu im auf auch sich ich
        wir sie es wird werden wurde haben hat sind war aus nach bei dass als wie oder aber bitte
        sehr uber zum zur durch meine mein keine kein noch nur wenn unser unsere arbeite eines vom
        vor mehr heute diese dieser dieses ihre ihr mir uns man kann muss mussen konnen immer schon
        hier dann weil damit doch gibt bin habe waren wurden zwischen ohne gegen bis alle viele viel
        neue neuen jetzt etwas seit unter am um so was wer wo ob da des euch dich
    """,
    "fr": """
        le la les des du une est et dans pour que qui sur pas avec au aux ce cette sont par plus ne
        nous vous je il elle mais ou tres etre ete mes ses notre votre chez sans leur ont avons fait
        un de en se sa son ma mon ces cet comme tout tous toute toutes bien encore aussi deux entre
        apres avant lors dont peut faire meme merci ici moi toi lui eux nos vos aujourd'hui c'est
        j'ai n'est d'une d'un l'on qu'il qu'elle ils elles avoir avait etait jamais rien peu trop
        depuis quand parce suis avez sommes etes leurs quelque chaque
    """,
    "es": """
        el los las del una es y en para que por con no se su al como mas pero sus este esta son muy
        fue ha han nuestro nuestra todos sobre tambien hoy gracias un la de lo le les me mi nos
        cuando donde porque sin entre hasta desde ya hay ser estar era eran sido todo toda estos
        estas ese esa eso nuestros nuestras ellos ellas usted ustedes yo te tu he hemos tiene tienen
        puede pueden hacer cada otro otra otros algo nada nunca siempre asi aqui quien que mucho
        mucha muchos despues antes ahora solo segun durante mismo anos dia
    """,
    "it": """
        il lo gli della del che di e per con una sono nel alla dei delle questo questa non piu come
        anche ma ha hanno molto grazie nostro oggi un la le i si da al ai agli alle dal dalla nella
        nelle nei sul sulla sui tra fra se ci mi ti vi ne suo sua suoi loro noi voi io lei lui
        essere stato stata stati era erano tutti tutto tutte ogni quando dove perche chi cosa cui
        senza dopo prima ancora sempre mai gia solo cosi qui abbiamo ho siamo sia nostra nostri
        quello quella degli dell'anno c'e quali puo deve fare anni
    """,
    "pt": """
        os das dos uma e para com nao que em por mais como foi sao muito seu sua mas pelo pela nos
        hoje obrigado obrigada nosso nossa tambem o a as do da no na um ao aos se ja ele ela eles
        elas eu voce voces meu minha isso isto este esta esse essa quando onde porque sem entre ate
        desde ser estar era eram tem ter ha sobre todos todas todo cada depois antes agora ainda
        sempre nunca so bem pode podem fazer nossos nossas seus suas quem qual ontem anos dia apenas
        pelos pelas numa num tudo temos estou estao foram
    """,
    "nl": """
        de het een van en is niet met voor op dat zijn aan ook er maar om bij naar dit wij ik je
        wordt deze onze mijn heeft werd in te we ze hij u hun haar ons die der wat wie waar hoe als
        dan nog wel geen uit over door tot na tegen tussen zonder hebben had was waren worden kan
        kunnen moet moeten zal zou meer veel alle altijd nooit heel goed nu hier daar omdat vandaag
        jaar jaren mensen want toch al eens iets niets elke ieder zelf onder ben bent
    """,
    "sv": """
        och att det som en ar pa for av med den till inte har om ett var vi jag men i de sig sa fran
        eller hade nar dar mycket ocksa efter utan kan ska skulle sin sitt sina dem han hon mig oss
        er vara varit blir blev alla mer an nu har manga genom under mellan idag ingen inget bara
        mot dessa denna detta vid hos vara vilka vad hur varfor aven redan fick finns
    """,
    "da": """
        og at det som en er pa for af med den til ikke har om et var vi jeg men i de sig sa fra
        eller havde nar der meget ogsa efter uden kan skal ville sin sit sine dem han hun mig os
        vaere vaeret bliver blev alle mere end nu mange gennem under mellem ingen intet kun mod
        disse denne dette ved hos hvilke hvad hvordan hvorfor allerede fik blevet noget nogle
    """,
    "no": """
        og at det som en er pa for av med den til ikke har om et var vi jeg men i de seg sa fra
        eller hadde nar der mye ogsa etter uten kan skal ville sin sitt sine dem han hun meg oss
        vaere vaert blir ble alle mer enn na mange gjennom under mellom ingen bare mot disse denne
        dette ved hos hvilke hva hvordan hvorfor allerede fikk blitt noe noen
    """,
    "pl": """
        i w na z do nie jest to sie ze dla jak od po sa ale przez oraz tylko o za co tak juz czy gdy
        ktory ktora ktore ich jego jej przy pod bez nad byl byla bylo byly moze mozna bardzo
        wszystkie wszystko kazdy jako tego tej tym temu nas nam nasz nasza nasze mnie moj moja moje
        jestem mamy ma maja byc tez jeszcze dzis dzisiaj lat bedzie aby wiec
    """,
    "tr": """
        ve bir bu icin ile da de cok olarak daha olan ama gibi her ne mi mu ki o ben biz siz onlar
        en kadar sonra once var yok degil hem ya veya ise olan oldu olur bugun yeni bize bana bunu
        buna bunun hicbir tum butun neden nasil cunku ancak artik sadece uzerine
    """,
}

# What people of this trade write about, so that short sentences tell as well.
TOPIC_WORDS = {
    "de": """
        woche monat tag tage danke arbeit arbeiten menschen patienten patientinnen arzt arztin
        forschung studie studien daten krankheit erkrankung erkrankungen krankenhaus gesundheit
        erste ersten ergebnis ergebnisse frage fragen vortrag kongress gerne morgen gute guten
    """,
    "fr": """
        semaine mois jour jours travail gens patients medecin medecins recherche etude etudes
        donnees maladie maladies hopital sante premier premiere nouveau nouvelle resultats question
        demain prochain prochaine congres poste bonne bonnes
    """,
    "es": """
        semana mes dias trabajo gente pacientes medico medicos investigacion estudio estudios datos
        enfermedad enfermedades hospital salud primer primera nuevo nueva resultados pregunta
        preguntas manana proximo proxima congreso hablar buena miedo vamos hacen
    """,
    "it": """
        settimana mese giorno giorni lavoro gente pazienti medico medici ricerca studio studi dati
        malattia malattie ospedale salute primo prima nuovo nuova risultati domanda domande domani
        prossimo prossima congresso parlare buona paura
    """,
    "pt": """
        semana mes dias trabalho gente doentes pacientes medico medicos investigacao pesquisa estudo
        estudos dados doenca doencas hospital saude primeiro primeira novo nova resultados pergunta
        perguntas amanha proximo proxima congresso falar vamos boa medo
    """,
    "nl": """
        week maand dagen werk patienten arts artsen onderzoek studie studies gegevens ziekte ziekten
        ziekenhuis gezondheid eerste nieuwe resultaten vraag vragen morgen volgende bedankt goed
        graag
    """,
    "sv": """
        vecka veckan manad dagar tack arbete jobb manniskor patienter lakare forskning studie
        studier sjukdom sjukdomar sjukhus halsa forsta nya nytt resultat fraga fragor imorgon nasta
        kongress behover vart vara god goda
    """,
    "da": """
        uge maned dage tak arbejde mennesker patienter laege laeger forskning studie sygdom sygdomme
        sygehus sundhed forste nye nyt resultater sporgsmal naeste kongres
    """,
    "no": """
        uke maned dager takk arbeid mennesker pasienter lege leger forskning studie sykdom sykdommer
        sykehus helse forste nye nytt resultater sporsmal neste kongress
    """,
    "pl": """
        tydzien tygodniu miesiac miesiacu dni dziekuje praca prace ludzie pacjenci pacjentow lekarz
        lekarze badania badan badanie dane choroby choroba szpital zdrowie pierwszy nowy nowa wyniki
        pytania jutro kongres
    """,
    "tr": """
        hafta gelecek ay gun gunu tesekkur is insanlar hastalar hasta doktor arastirma calisma veri
        veriler hastalik hastane saglik ilk yeni sonuclar soru sorular yarin kongre
    """,
}
