"""What devices on the local network say, behind one small interface (`model.Device`); a broken one is set aside.

echonet/    ECHONET Lite over UDP: smart meter, photovoltaics, battery, charger and discharger of a car
mqtt.py     values that an EMS publishes through an MQTT broker
openadr/    what an aggregator asks for over OpenADR 2.0b, answered and reported to
fleet.py    all devices asked one after another
"""
