<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) without a complaint</source>
        <comment>of the checks</comment>
        <translation>
            <numerusform>%n page without a complaint</numerusform>
            <numerusform>%n pages without a complaint</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blank</source>
        <comment>backs of sheets</comment>
        <translation>
            <numerusform>%n blank</numerusform>
            <numerusform>%n blank</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case file(s)</source>
        <translation>
            <numerusform>%n case file</numerusform>
            <numerusform>%n case files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lot(s)</source>
        <translation>
            <numerusform>%n lot</numerusform>
            <numerusform>%n lots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) left to look at</source>
        <comment>of a sample</comment>
        <translation>
            <numerusform>%n image left to look at</numerusform>
            <numerusform>%n images left to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s) without an image</source>
        <comment>of a lot</comment>
        <translation>
            <numerusform>%n sheet without an image</numerusform>
            <numerusform>%n sheets without an image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n case file(s)</source>
        <comment>where the results are</comment>
        <translation>
            <numerusform>in %n case file</numerusform>
            <numerusform>in %n case files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <comment>on the disk</comment>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>%n package</numerusform>
            <numerusform>%n packages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed for</source>
        <comment>packages</comment>
        <translation>
            <numerusform>%n signed for</numerusform>
            <numerusform>%n signed for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <comment>packages</comment>
        <translation>
            <numerusform>%n needs you</numerusform>
            <numerusform>%n need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a receipt</source>
        <comment>packages</comment>
        <translation>
            <numerusform>%n without a receipt</numerusform>
            <numerusform>%n without a receipt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s)</source>
        <translation>
            <numerusform>%n result</numerusform>
            <numerusform>%n results</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <comment>where the words stand on the page</comment>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n doubt(s)</source>
        <comment>the one at hand is counted before it</comment>
        <translation>
            <numerusform>of %n doubt</numerusform>
            <numerusform>of %n doubts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <comment>of text</comment>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) to read</source>
        <translation>
            <numerusform>%n page to read</numerusform>
            <numerusform>%n pages to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) set aside</source>
        <translation>
            <numerusform>%n page set aside</numerusform>
            <numerusform>%n pages set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) have not been read yet.</source>
        <translation>
            <numerusform>%n page has not been read yet.</numerusform>
            <numerusform>%n pages have not been read yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were not taken; the rest went on.</source>
        <translation>
            <numerusform>%n thing was not taken; the rest went on.</numerusform>
            <numerusform>%n things were not taken; the rest went on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>pressed while describing</comment>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>spent on a case file</comment>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The disk has room for about %n day(s)</source>
        <comment>at the pace of the last days</comment>
        <translation>
            <numerusform>The disk has room for about %n day</numerusform>
            <numerusform>The disk has room for about %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <comment>of a profile</comment>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) of work</source>
        <comment>in the period</comment>
        <translation>
            <numerusform>%n day of work</numerusform>
            <numerusform>%n days of work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>day(s)</source>
        <comment>after their figure</comment>
        <translation>
            <numerusform>day</numerusform>
            <numerusform>days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) left</source>
        <comment>not sealed yet</comment>
        <translation>
            <numerusform>%n page left</numerusform>
            <numerusform>%n pages left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s) to look at again</source>
        <translation>
            <numerusform>%n correction to look at again</numerusform>
            <numerusform>%n corrections to look at again</numerusform>
        </translation>
    </message>
</context>
</TS>
