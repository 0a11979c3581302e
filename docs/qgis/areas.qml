<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="rules">
      <rule key="rule0" symbol="0" label="Strip or zone" filter="&quot;kind&quot; like '%zone%' or &quot;kind&quot; like '%strip%'"/>
      <rule key="rule1" symbol="1" label="Area" filter="ELSE"/>
    </rules>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="color" type="QString" value="109,40,217,45"/><Option name="outline_color" type="QString" value="109,40,217,255"/><Option name="outline_style" type="QString" value="no"/><Option name="outline_width" type="QString" value="0"/><Option name="style" type="QString" value="solid"/></Option></layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="color" type="QString" value="194,65,12,35"/><Option name="outline_color" type="QString" value="194,65,12,255"/><Option name="outline_style" type="QString" value="dash"/><Option name="outline_width" type="QString" value="0.4"/><Option name="style" type="QString" value="solid"/></Option></layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name" fontFamily="Noto Sans" fontSize="9" fontSizeUnit="Point" textColor="23,32,46,255" namedStyle="Regular" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
      </text-style>
      <placement placement="1" dist="1.5" distUnits="MM"/>
      <rendering obstacle="1" displayAll="0"/>
    </settings>
  </labeling>
  <layerGeometryType>2</layerGeometryType>
</qgis>
