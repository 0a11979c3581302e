<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="rules">
      <rule key="rule0" symbol="0" label="Place, attested" filter="&quot;type&quot; = 'place' and &quot;status&quot; = 'attested'"/>
      <rule key="rule1" symbol="1" label="Place, inferred" filter="&quot;type&quot; = 'place' and &quot;status&quot; &lt;&gt; 'attested'"/>
      <rule key="rule2" symbol="2" label="Coordinate" filter="&quot;type&quot; = 'coordinate'"/>
      <rule key="rule3" symbol="3" label="About here" filter="ELSE"/>
    </rules>
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="29,78,216,255"/><Option name="outline_color" type="QString" value="255,255,255,255"/><Option name="outline_width" type="QString" value="0.4"/><Option name="size" type="QString" value="2.8"/><Option name="size_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="29,78,216,150"/><Option name="outline_color" type="QString" value="255,255,255,255"/><Option name="outline_width" type="QString" value="0.4"/><Option name="size" type="QString" value="2.8"/><Option name="size_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="4,120,87,255"/><Option name="outline_color" type="QString" value="255,255,255,255"/><Option name="outline_width" type="QString" value="0.4"/><Option name="size" type="QString" value="2.8"/><Option name="size_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="194,65,12,255"/><Option name="outline_color" type="QString" value="255,255,255,255"/><Option name="outline_width" type="QString" value="0.4"/><Option name="size" type="QString" value="2.8"/><Option name="size_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name" fontFamily="Noto Sans" fontSize="9" fontSizeUnit="Point" textColor="23,32,46,255" namedStyle="Regular" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
      </text-style>
      <placement placement="0" dist="1.5" distUnits="MM"/>
      <rendering obstacle="1" displayAll="0"/>
    </settings>
  </labeling>
  <layerGeometryType>0</layerGeometryType>
</qgis>
